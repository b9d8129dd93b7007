/** Tags, and permissions as statements of a queue's policy. Nobody is kept from anything by either. */
import { accountId, arnOf, type ErrorResponse } from '../protocol/common';
import { invalidValue } from './errors';
import type * as Api from './protocol';
import type { Queue } from './state';

export function tagQueue(queue: Queue, { Tags }: Api.TagQueueRequest): { readonly type: 'TagQueueResponse' } {
  for (const [key, value] of Object.entries(Tags)) queue.tags.set(key, value);
  return { type: 'TagQueueResponse' };
}

export function untagQueue(
  queue: Queue,
  { TagKeys }: Api.UntagQueueRequest,
): { readonly type: 'UntagQueueResponse' } {
  for (const key of TagKeys) queue.tags.delete(key);
  return { type: 'UntagQueueResponse' };
}

export function listQueueTags({ tags }: Queue): Api.ListQueueTagsResponse {
  return { type: 'ListQueueTagsResponse', ...(tags.size > 0 && { Tags: Object.fromEntries(tags) }) };
}

interface Policy {
  readonly Version: string;
  readonly Id: string;
  readonly Statement: readonly { readonly Sid?: string }[];
}

/** Actions that may be given to other accounts (API reference, AddPermission). */
const actions = ['*', 'SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes', 'GetQueueUrl']; // prettier-ignore

export function addPermission(
  queue: Queue,
  { Label, AWSAccountIds, Actions }: Api.AddPermissionRequest,
): ErrorResponse | { readonly type: 'AddPermissionResponse' } {
  const unknown = Actions.find((action) => !actions.includes(action));
  if (unknown !== undefined)
    return invalidValue(
      `SQS:${unknown}`,
      'ActionName',
      'Please refer to the appropriate WSDL for a list of valid actions. ',
    );
  const policy = policyOf(queue);
  if (policy.Statement.some(({ Sid }) => Sid === Label))
    return invalidValue(Label, 'Label', 'Already exists.');
  const statement = {
    Sid: Label,
    Effect: 'Allow',
    Principal: { AWS: oneOrMany(AWSAccountIds.map((account) => `arn:aws:iam::${account}:root`)) },
    Action: oneOrMany(Actions.map((action) => `SQS:${action}`)),
    Resource: arnOf('sqs', queue.name),
  };
  queue.attributes.set('Policy', JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] }));
  return { type: 'AddPermissionResponse' };
}

export function removePermission(
  queue: Queue,
  { Label }: Api.RemovePermissionRequest,
): ErrorResponse | { readonly type: 'RemovePermissionResponse' } {
  const policy = policyOf(queue);
  const left = policy.Statement.filter(({ Sid }) => Sid !== Label);
  if (left.length === policy.Statement.length) return invalidValue(Label, 'Label', "can't find label.");
  if (left.length === 0) queue.attributes.delete('Policy');
  else queue.attributes.set('Policy', JSON.stringify({ ...policy, Statement: left }));
  return { type: 'RemovePermissionResponse' };
}

function policyOf(queue: Queue): Policy {
  const text = queue.attributes.get('Policy');
  const fresh = { Version: '2008-10-17', Id: `${arnOf('sqs', queue.name)}/SQSDefaultPolicy`, Statement: [] };
  if (text === undefined) return fresh;
  const policy = JSON.parse(text) as Partial<Policy>;
  return { ...fresh, ...policy };
}

function oneOrMany(texts: readonly string[]): string | readonly string[] {
  return texts.length === 1 ? texts[0] : texts.length === 0 ? accountId : texts;
}
