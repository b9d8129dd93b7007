/** Where services find each other: ARNs, and the processes that serve them. */
import { arnOf, resourceOf } from './common';

/** A scenario may write "sqs/orders" for a queue's ARN and "lambda/resize" for a function's: process, and name in it. */
export function arnOfEndpoint(endpoint: string, service: 'sqs' | 'lambda'): string {
  const slash = endpoint.indexOf('/');
  if (endpoint.startsWith('arn:') || slash < 1) return endpoint;
  const name = endpoint.slice(slash + 1);
  return arnOf(service, service === 'lambda' ? `function:${name}` : name);
}

/** Address on stage of what an ARN names: "sqs/orders". */
export function addressOfArn(arn: string): string {
  const resource = resourceOf(arn);
  return resource ? `${resource.service}/${resource.name}` : arn;
}

/** AWS's own complaint about a text that is no ARN; null: it is one. */
export function arnComplaint(arn: string): string | null {
  const parts = arn.split(':').length;
  return parts < 6 ? `An ARN must have at least 6 elements, not ${parts}` : null;
}
