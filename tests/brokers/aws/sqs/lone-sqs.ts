import { part, type SqsCommand } from '../../../../src/brokers/aws/sqs/broker';
import type { SqsOptions } from '../../../../src/brokers/aws/sqs/options';
import type * as Api from '../../../../src/brokers/aws/sqs/protocol';
import type { SqsState } from '../../../../src/brokers/aws/sqs/state';
import type { ErrorResponse } from '../../../../src/brokers/aws/protocol/common';
import { Bodies } from '../../../../src/kernel/bodies';
import type { KernelCommand, Tagged } from '../../../../src/kernel/machine';
import { ms, toMs } from '../../../../src/kernel/time';
import { RecordingContext, seeded, transition, type SaidFact } from '../../../helpers/transition';

const { machine } = part;

/** Without what AWS leaves to chance. */
export const certain = { duplicateProbability: 0, outOfOrderProbability: 0, hosts: 1 };

export interface Received {
  readonly text: string;
  readonly handle: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly message: Api.ReceivedMessage;
}

/**
 * SQS and nothing else: calls go in on connections of their own, answers come out, and time passes when told to. Every
 * command goes through `transition` (for long random runs it can be told not to: that clones and hashes the state each
 * time), and every state through the invariants.
 */
export class LoneSqs {
  state: SqsState;
  nowMs = 0;
  readonly facts: (SaidFact & { readonly atMs: number })[] = [];
  readonly answers = new Map<number, { readonly atMs: number; readonly message: Tagged }>();
  private readonly bodies = new Bodies();
  private timers: { id: number; at: number; command: Tagged }[] = [];
  private next = { nextFact: 0, nextTimer: 1 };
  private connection = 0;
  private readonly random;
  isQuick = false;

  constructor(
    queues: SqsOptions['queues'] = [{ name: 'orders' }],
    options: SqsOptions['options'] = {},
    seed = 1,
  ) {
    this.random = seeded(seed);
    this.state = machine.init({ name: 'sqs', queues, options: { ...certain, ...options } });
    this.tell({ type: 'Start' });
  }

  /** A call that is answered at once. */
  ask<Response extends Tagged>(request: Api.SqsRequest): Response | ErrorResponse {
    const answer = this.answers.get(this.call(request));
    if (!answer) throw new Error(`${request.type} has no answer yet.`);
    return answer.message as Response | ErrorResponse;
  }

  /** A call that may have to wait; returns its connection. */
  call(request: Api.SqsRequest, process = 'client'): number {
    const connection = ++this.connection;
    this.tell(request, connection, process);
    return connection;
  }

  content(text: string): Api.Sent['Body'] {
    const message = this.bodies.add({
      ...{ domain: 'order', type: 'T', label: text, key: null, version: 0, correlation: '' },
      data: { value: text },
    });
    return { message };
  }

  send(queue: string, text: string, more: Partial<Api.Sent> = {}): Api.SendMessageResponse | ErrorResponse {
    return this.ask<Api.SendMessageResponse>({
      ...{ type: 'SendMessageRequest', QueueUrl: queue, Body: this.content(text) },
      ...more,
    });
  }

  /** To one group of a FIFO queue; the text is its deduplication id unless another is given. */
  sendTo(queue: string, group: string, ...texts: readonly string[]): void {
    for (const text of texts) {
      const answer = this.send(queue, text, { MessageGroupId: group, MessageDeduplicationId: text });
      if (answer.type === 'ErrorResponse') throw new Error(answer.message);
    }
  }

  receive(queue: string, more: Partial<Api.ReceiveMessageRequest> = {}): Received[] {
    return this.received(
      this.call({ type: 'ReceiveMessageRequest', QueueUrl: queue, MaxNumberOfMessages: 10, ...more }),
    );
  }

  /** What a receive was answered, in texts. */
  texts(queue: string, more: Partial<Api.ReceiveMessageRequest> = {}): string[] {
    return this.receive(queue, more).map(({ text }) => text);
  }

  received(connection: number): Received[] {
    const answer = this.answers.get(connection)?.message as
      Api.ReceiveMessageResponse | ErrorResponse | undefined;
    if (!answer) throw new Error('The receive waits.');
    if (answer.type === 'ErrorResponse') throw new Error(answer.message);
    return (answer.Messages ?? []).map((message) => ({
      text: String(this.bodies.get(message.Body.message).data['value']),
      handle: message.ReceiptHandle,
      id: message.MessageId,
      attributes: message.Attributes ?? {},
      message,
    }));
  }

  delete(queue: string, handle: string): Tagged | ErrorResponse {
    return this.ask({ type: 'DeleteMessageRequest', QueueUrl: queue, ReceiptHandle: handle });
  }

  visibility(queue: string, handle: string, timeout: number): Tagged | ErrorResponse {
    const request = { QueueUrl: queue, ReceiptHandle: handle, VisibilityTimeout: timeout };
    return this.ask({ type: 'ChangeMessageVisibilityRequest', ...request });
  }

  /** Available, delayed, in flight. */
  counts(queue: string): readonly number[] {
    const { available, delayed, inFlight } = this.state.queues.get(queue)!;
    return [available, delayed, inFlight];
  }

  attributes(queue: string, ...names: readonly string[]): Readonly<Record<string, string>> {
    const answer = this.ask<Api.GetQueueAttributesResponse>({
      ...{ type: 'GetQueueAttributesRequest', QueueUrl: queue },
      AttributeNames: names.length > 0 ? names : ['All'],
    });
    if (answer.type === 'ErrorResponse') throw new Error(answer.message);
    return answer.Attributes ?? {};
  }

  set(queue: string, Attributes: Readonly<Record<string, string>>): Tagged | ErrorResponse {
    return this.ask({ type: 'SetQueueAttributesRequest', QueueUrl: queue, Attributes });
  }

  /** Lets time pass, with every timer that is due on the way. */
  wait(forMs: number): void {
    const end = ms(this.nowMs + forMs);
    for (;;) {
      const [due] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id);
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.nowMs = toMs(due.at);
      this.tell(due.command as SqsCommand);
    }
    this.nowMs = toMs(end);
  }

  close(connection: number): void {
    this.tell({ type: 'ConnectionClosed', connection, peer: 'client/driver' }, connection);
  }

  /** The process is gone and comes back. */
  restart(): void {
    this.state = machine.clone(this.state);
    machine.restart(this.state);
    this.timers = [];
    this.tell({ type: 'Start' });
  }

  configure(changed: Readonly<Record<string, unknown>>): void {
    machine.configure!(this.state, changed);
  }

  factsOf(type: string): SaidFact[] {
    return this.facts.filter((fact) => fact.type === type).map(({ atMs: _, ...fact }) => fact);
  }

  private apply(command: SqsCommand | KernelCommand, context: RecordingContext) {
    machine.apply(this.state, command, context);
    return context.outcome(this.state);
  }

  private tell(command: SqsCommand | KernelCommand, connection = 0, process = 'client'): void {
    const setting = {
      ...{ now: ms(this.nowMs), self: 'sqs', connection, sender: `${process}/driver` },
      ...{ random: this.random, bodies: this.bodies, ...this.next },
    };
    const outcome = this.isQuick
      ? this.apply(command, new RecordingContext(setting))
      : transition(machine, this.state, command, setting);
    this.state = outcome.state;
    this.next = outcome.next;
    this.facts.push(...outcome.facts.map((fact) => ({ ...fact, atMs: this.nowMs })));
    for (const { connection: to, message } of outcome.replies)
      this.answers.set(to, { atMs: this.nowMs, message });
    this.timers = [...this.timers, ...outcome.timers].filter(({ id }) => !outcome.cancelled.includes(id));
    part.check!(this.state);
  }
}

export function codeOf(answer: Tagged | ErrorResponse): string {
  return 'code' in answer ? answer.code : answer.type;
}

export function messageOf(answer: Tagged | ErrorResponse): string {
  return 'message' in answer ? answer.message : '';
}
