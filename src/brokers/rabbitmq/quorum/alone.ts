/** A quorum queue on the only node there is: every command is applied at once, and nothing of Raft is in the way. */
import type { QueuePort } from '../queue-type';
import { conclude, delivered, heardStatus, type Submit } from './client';
import type { FifoCommand } from './commands';
import { clientOf, type Concern, type QuorumClient, type QuorumState } from './queue-state';
import { run, type ToChannels } from './run';

/** Applies what is handed in, in order, one after the other, also what comes of it. */
export class Alone {
  readonly submit: Submit = (client, command, concern) => {
    this.todo.push([client, command, concern]);
    if (!this.running) this.runAll();
  };
  private readonly queue: QuorumState;
  private readonly port: QueuePort;
  private readonly told: ToChannels;
  private readonly todo: [QuorumClient | null, FifoCommand, Concern][] = [];
  private running = false;

  constructor(queue: QuorumState, port: QueuePort) {
    this.queue = queue;
    this.port = port;
    this.told = {
      deliver: (consumer, id, message) => delivered(queue, consumer, id, message, port, this.submit),
      status: (channel, status) => heardStatus(queue, channel, status),
    };
  }

  /** A command of no channel. */
  apply(command: FifoCommand): void {
    this.todo.push([null, command, null]);
    if (!this.running) this.runAll();
  }

  private runAll(): void {
    this.running = true;
    const { queue, port } = this;
    for (let next = this.todo.shift(); next; next = this.todo.shift()) {
      const [client, command, concern] = next;
      if (command.type === 'Return' && queue.fifo.config.deliveryLimit === null) {
        this.requeue(command);
        continue;
      }
      const reply = run(queue, command, port.context.now, this.told, port);
      if (client) conclude(queue, client, concern, reply, port, this.submit);
    }
    this.running = false;
  }

  private requeue({
    channel,
    tag,
    ids,
  }: Extract<FifoCommand, { ids: readonly number[]; tag: string }>): void {
    const client = clientOf(this.queue, channel);
    const inOrder = [...ids].sort((a, b) => a - b);
    this.todo.unshift(...inOrder.map((id) => [client, { type: 'Requeue', channel, tag, id }, null] as [QuorumClient, FifoCommand, Concern])); // prettier-ignore
  }
}
