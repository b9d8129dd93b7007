import { accountId, region } from '../../protocol/common';

const prefix = `https://sqs.${region}.amazonaws.com/${accountId}/`;

/** "https://sqs.us-east-1.amazonaws.com/000000000000/orders". */
export function queueUrl(name: string): string {
  return prefix + name;
}

/** The queue's name in a URL, an ARN or the short form "sqs/orders"; a bare name is one already. */
export function queueNameOf(url: string): string {
  if (url.startsWith(prefix)) return url.slice(prefix.length);
  const cut = Math.max(url.lastIndexOf('/'), url.lastIndexOf(':'));
  return url.slice(cut + 1);
}
