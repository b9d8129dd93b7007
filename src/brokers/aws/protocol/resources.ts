/** Where services find each other: ARNs, and the processes that serve them. */
import { arnOf, resourceOf } from './common';

/** A scenario may write "sqs/orders" for a queue's ARN and "lambda/resize" for a function's. */
export function arnOfEndpoint(endpoint: string): string {
  const resource = resourceOf(endpoint);
  if (endpoint.startsWith('arn:') || !resource) return endpoint;
  const { service, name } = resource;
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
