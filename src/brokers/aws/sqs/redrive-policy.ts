/** RedrivePolicy of a queue and RedriveAllowPolicy of its dead-letter queue, both texts of JSON. */
import { queueNameOf } from './protocol';

export interface RedrivePolicy {
  /** Name of the dead-letter queue. */
  readonly queue: string;
  readonly maxReceives: number;
}

export interface AllowPolicy {
  readonly permission: 'allowAll' | 'denyAll' | 'byQueue';
  /** Names, of byQueue. */
  readonly queues: readonly string[];
}

/** null: there is none. A text: the reason why it cannot be one, as AWS gives it. */
export function readRedrivePolicy(text: string | undefined): RedrivePolicy | string | null {
  if (text === undefined || text === '') return null;
  const policy = jsonMap(text);
  if (policy === null) return 'Redrive policy is not a valid JSON map.';
  const { deadLetterTargetArn, maxReceiveCount } = policy;
  for (const [name, value] of Object.entries({ deadLetterTargetArn, maxReceiveCount }))
    if (value === undefined) return `Redrive policy does not contain mandatory attribute: ${name}.`;
  const maxReceives = Number(maxReceiveCount);
  if (!Number.isInteger(maxReceives) || maxReceives < 1 || maxReceives > 1000)
    return `Invalid value for maxReceiveCount: ${String(maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`;
  if (typeof deadLetterTargetArn !== 'string') return 'Invalid value for deadLetterTargetArn.';
  return { queue: queueNameOf(deadLetterTargetArn), maxReceives };
}

/** A text that says nothing of use allows all, as the default does. */
export function readAllowPolicy(text: string | undefined): AllowPolicy {
  const { redrivePermission, sourceQueueArns } = jsonMap(text ?? '{}') ?? {};
  const permission =
    redrivePermission === 'denyAll' || redrivePermission === 'byQueue' ? redrivePermission : 'allowAll';
  const queues = Array.isArray(sourceQueueArns) ? sourceQueueArns.map((arn) => queueNameOf(String(arn))) : [];
  return { permission, queues };
}

/** Why a text cannot be a RedriveAllowPolicy; null: it can. */
export function wrongAllowPolicy(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const policy = jsonMap(text);
  if (policy === null) return 'Redrive allow policy is not a valid JSON map.';
  const { redrivePermission, sourceQueueArns } = policy;
  if (!['allowAll', 'denyAll', 'byQueue'].includes(String(redrivePermission)))
    return 'Invalid value for redrivePermission, valid values are allowAll, denyAll and byQueue.';
  const count = Array.isArray(sourceQueueArns) ? sourceQueueArns.length : 0;
  const isRight = redrivePermission === 'byQueue' ? count >= 1 && count <= 10 : sourceQueueArns === undefined;
  return isRight
    ? null
    : 'sourceQueueArns has 1 to 10 queues where redrivePermission is byQueue, and none otherwise.';
}

export function allows({ permission, queues }: AllowPolicy, source: string): boolean {
  return permission === 'allowAll' || (permission === 'byQueue' && queues.includes(source));
}

function jsonMap(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}
