/**
 * A quorum queue on one of several nodes. Every member applies the same log; whoever leads it takes the commands of all
 * channels, and answers for the queue. What is given out is handed over by the member on the consumer's node, else by the
 * leader (ra's `local` effects). Channels keep what they asked for until it is applied, and ask again when there is
 * another leader: what was confirmed is safe, what was not may be there or not, and never twice.
 */
import { flush, hear, awaitElection, electionDue, propose, sendAgain, type RaftIo } from '../cluster/raft';
import { newlyLed } from '../cluster/raft-begin';
import type { Origin, RaftMessage, RaftState } from '../cluster/raft-state';
import type { Random } from '../../../kernel/random';
import type { Time } from '../../../kernel/time';
import type { ChannelRef, QueuePort } from '../queue-type';
import { applyCommand } from './apply';
import { allChannels } from './channels';
import { conclude, delivered, heardStatus, type Submit } from './client';
import type { FifoCommand, FifoEffects } from './commands';
import { LeaderElected } from './facts';
import { cloneFifo, consumerCount, readyCount, type FifoState, type QueueStatus, type QuorumConsumer, type QuorumMessage } from './fifo-state'; // prettier-ignore
import type { BetweenQuorumNodes, QuorumEvent } from './messages';
import type { QuorumClient, QuorumState } from './queue-state';
import { armExpiry, remind, run, startWorker } from './run';

export class Replicated implements RaftIo<FifoCommand>, FifoEffects {
  readonly now: Time;
  private readonly queue: QuorumState;
  private readonly port: QueuePort;
  /** What is to be said to channels, by node; null: nothing yet. There is a Replicated for every command. */
  private events: Map<number, QuorumEvent[]> | null = null;

  constructor(queue: QuorumState, port: QueuePort) {
    this.queue = queue;
    this.port = port;
    this.now = port.context.now;
  }

  /** Whether this member hands over what a channel is given. */
  private tells({ node }: ChannelRef): boolean {
    return (
      node === this.port.node || (this.queue.raft?.role === 'leader' && !this.queue.members.includes(node))
    );
  }

  // what applying a command does here: all that a member that does not lead does

  deliver({ channel, tag, noAck }: QuorumConsumer, id: number, message: QuorumMessage): void {
    if (this.tells(channel)) this.tell(channel.node, { type: 'Delivered', channel, tag, noAck, id, message });
  }

  status(channel: ChannelRef, status: QueueStatus): void {
    if (this.tells(channel)) this.tell(channel.node, { type: 'Status', channel, status });
  }

  accepted(): void {}
  purged(): void {}
  dropped(): void {}
  deadLetter(): void {}

  get random(): Random {
    return this.port.context.random(`raft ${this.queue.definition.name}`);
  }

  readonly submit: Submit = (client, command, concern) => {
    if (command.type === 'Enqueue' && command.channel === null) return this.toLeader(command, null);
    const seq = client.nextSeq++;
    client.pending.set(seq, { command, concern });
    this.toLeader(command, this.originOf(client, seq));
  };

  private toReplica(node: number, message: BetweenQuorumNodes): void {
    this.port.toNode(node, this.queue.definition, message);
  }

  private originOf({ channel }: QuorumClient, seq: number): Origin {
    return { node: this.port.node, channel: channel.key, seq };
  }

  /** While nobody is known to lead, what a channel has asked for waits. */
  toLeader(command: FifoCommand, origin: Origin | null): void {
    const { leader } = this.queue;
    if (leader === this.port.node) this.take(command, origin);
    else if (leader !== null) this.toReplica(leader, { type: 'QuorumCommand', command, origin });
  }

  private take(command: FifoCommand, origin: Origin | null): void {
    const { raft, fifo } = this.queue;
    if (raft?.role !== 'leader') {
      if (origin && origin.node !== this.port.node) this.toReplica(origin.node, { type: 'QuorumNotLeader', leader: raft?.leader ?? null }); // prettier-ignore
      return;
    }
    if (command.type !== 'Return' || fifo.config.deliveryLimit !== null || command.ids.length === 0) {
      return propose(raft, command, origin, this);
    }
    const { channel, tag } = command;
    const ids = [...command.ids].sort((a, b) => a - b);
    const last = ids.length - 1;
    ids.forEach((id, i) => propose(raft, { type: 'Requeue', channel, tag, id }, i === last ? origin : null, this)); // prettier-ignore
  }

  hear(from: number, message: RaftMessage<FifoCommand> | BetweenQuorumNodes): void {
    const { queue, port } = this;
    switch (message.type) {
      case 'QuorumCommand':
        this.take(message.command, message.origin);
        break;
      case 'QuorumNotLeader':
        if (queue.leader === from) this.follows(message.leader === from ? null : message.leader);
        if (queue.leader === null) remind(queue, 'ask', askAgain, port);
        break;
      case 'QuorumLeader':
        this.follows(from);
        for (const channel of message.channels)
          if (!queue.clients.has(channel.key)) this.toLeader({ type: 'ChannelDown', channel }, null);
        break;
      case 'QuorumEvents':
        for (const event of message.events) this.tell(port.node, event);
        break;
      case 'QuorumStat':
        this.toReplica(from, {
          type: 'QuorumCounted',
          channel: message.channel,
          ...this.counts(),
        });
        break;
      case 'QuorumCounted':
        this.answerStat(message.channel, message.ready, message.consumers);
        break;
      default:
        if (queue.raft) hear(queue.raft, from, message, this);
    }
    this.finish();
  }

  /** Hands over what has been said to channels, here and on other nodes, until nothing more comes of it. */
  finish(): void {
    const { events, port } = this;
    if (events === null) return;
    for (let own = events.get(port.node); own; own = events.get(port.node)) {
      events.delete(port.node);
      for (const event of own) this.hearEvent(event);
    }
    for (const [node, said] of events) this.toReplica(node, { type: 'QuorumEvents', events: said }); // prettier-ignore
    this.events = null;
  }

  private tell(node: number, event: QuorumEvent): void {
    this.events ??= new Map();
    const said = this.events.get(node);
    if (said) said.push(event);
    else this.events.set(node, [event]);
  }

  private hearEvent(event: QuorumEvent): void {
    const { queue, port, submit } = this;
    if (event.type === 'Status') return heardStatus(queue, event.channel, event.status);
    const client = queue.clients.get(typeof event.channel === 'string' ? event.channel : event.channel.key);
    // the channel has gone, which the queue will hear or has heard
    if (!client) return;
    if (event.type === 'Delivered') {
      if (event.id < (client.expected.get(event.tag) ?? 0)) return;
      client.expected.set(event.tag, event.id + 1);
      return delivered(queue, event, event.id, event.message, port, submit);
    }
    const pending = client.pending.get(event.seq);
    // what came out of its order stays: it is sent again with what was before it
    if (!pending || event.reply?.type === 'NotEnqueued') return;
    client.pending.delete(event.seq);
    conclude(queue, client, pending.concern, event.reply, port, submit);
  }

  // what Raft asks for

  send(node: number, message: RaftMessage<FifoCommand>): void {
    this.port.toNode(node, this.queue.definition, message);
  }

  setElection(delay: number): void {
    this.clearElection();
    this.raft.election = remind(this.queue, 'election', delay, this.port);
  }

  clearElection(): void {
    if (this.raft.election !== null) this.port.context.cancel(this.raft.election);
    this.raft.election = null;
  }

  flushSoon(): void {
    this.queue.flush ??= remind(this.queue, 'flush', 0, this.port);
  }

  apply(command: FifoCommand, at: Time, origin: Origin | null, leads: boolean): void {
    const { queue, port } = this;
    if (!leads) return void applyCommand(queue.fifo, command, at, this);
    const reply = run(queue, command, at, this, port);
    if (origin) this.tell(origin.node, { type: 'Applied', channel: origin.channel, seq: origin.seq, reply });
  }

  skip(): void {
    this.queue.fifo.index++;
  }

  /** Everybody is told, and asked for the channels that the queue knows of; those of nodes that are down are suspected. */
  leads(): void {
    const { queue, port } = this;
    const { definition, fifo } = queue;
    const { term } = this.raft;
    if (term > 1) port.context.emit({ is: LeaderElected, subject: definition.address, position: port.node, amount: term }); // prettier-ignore
    for (const node of port.nodes) {
      if (node === port.node) continue;
      if (port.isUp(node)) this.announce(node);
      else if (allChannels(fifo).some((channel) => channel.node === node)) propose(this.raft, { type: 'NodeDown', node }, null, this); // prettier-ignore
    }
    for (const channel of allChannels(fifo))
      if (channel.node === port.node && !queue.clients.has(channel.key)) propose(this.raft, { type: 'ChannelDown', channel }, null, this); // prettier-ignore
    startWorker(queue, (command) => propose(this.raft, command, null, this), port);
    armExpiry(queue, port);
  }

  private announce(node: number): void {
    const { fifo } = this.queue;
    const channels = allChannels(fifo).filter((channel) => channel.node === node);
    this.toReplica(node, { type: 'QuorumLeader', channels });
  }

  follows(leader: number | null): void {
    const { queue } = this;
    if (queue.leader === leader) return;
    queue.leader = leader;
    if (leader !== null) this.askAgain();
  }

  /** Sends all that is pending, in order (rabbit_fifo_client.erl, resend_all_pending/1). */
  askAgain(): void {
    for (const client of this.queue.clients.values())
      for (const [seq, { command }] of [...client.pending])
        this.toLeader(command, this.originOf(client, seq));
  }

  takeSnapshot(): FifoState {
    return cloneFifo(this.queue.fifo);
  }

  /** What was given to consumers of this node meanwhile is handed over now. */
  installSnapshot(snapshot: unknown): void {
    const { queue, port } = this;
    queue.fifo = cloneFifo(snapshot as FifoState);
    for (const { channel, tag, noAck, checkedOut } of queue.fifo.consumers.values()) {
      if (channel.node !== port.node) continue;
      for (const [id, message] of checkedOut) this.tell(port.node, { type: 'Delivered', channel, tag, noAck, id, message }); // prettier-ignore
    }
    for (const { channel, blocked } of queue.fifo.enqueuers.values())
      if (channel.node === port.node) heardStatus(queue, channel, blocked ? 'reject-publish' : 'go');
  }

  // what happens to nodes, and by the clock

  start(): void {
    const { queue, port } = this;
    const { raft } = queue;
    if (!raft) {
      queue.leader = port.isUp(queue.members[0]) ? queue.members[0] : null;
    } else if (raft.term === 0) {
      newlyLed(raft, this);
      queue.leader = raft.leader;
      if (!port.isUp(queue.members[0])) awaitElection(raft, 'long', this);
    } else {
      awaitElection(raft, 'long', this);
    }
    this.finish();
  }

  remind(what: string): void {
    const { queue } = this;
    const { raft } = queue;
    if (what === 'flush') queue.flush = null;
    if (what === 'ask' && queue.leader === null && !raft) this.follows(this.someMember());
    if (raft && what === 'flush') flush(raft, this);
    if (raft && what === 'election') electionDue(raft, this);
    if (what === 'expiry') {
      queue.expiry = null;
      if (raft?.role === 'leader') propose(raft, { type: 'Expire' }, null, this);
    }
    this.finish();
  }

  private someMember(): number | null {
    return this.queue.members.find((node) => this.port.isUp(node)) ?? null;
  }

  nodeChanged(node: number, what: 'up' | 'down' | 'suspected' | 'heard'): void {
    const { queue } = this;
    const { raft } = queue;
    if (what === 'down' && queue.leader === node) this.follows(null);
    if (!raft) {
      if (what === 'down' && queue.leader === null) remind(queue, 'ask', askAgain, this.port);
      return this.finish();
    }
    const leads = raft.role === 'leader';
    const uses = allChannels(queue.fifo).some((channel) => channel.node === node);
    if (what === 'down') {
      if (leads && uses) propose(raft, { type: 'NodeDown', node }, null, this);
      else if (raft.leader === node) awaitElection(raft, 'short', this);
    } else if (what === 'up' && leads) {
      sendAgain(raft, node, this);
      if (uses) propose(raft, { type: 'NodeUp', node }, null, this);
      this.announce(node);
    } else if (raft.leader === node) {
      if (what === 'suspected') awaitElection(raft, 'long', this);
      else if (what === 'heard') this.clearElection();
    }
    this.finish();
  }

  /** queue.declare's counts are the leader's, if it answers in time. */
  stat(channel: ChannelRef): void {
    const { leader } = this.queue;
    const { port } = this;
    if (leader === null || leader === port.node || !port.isUp(leader)) {
      const { ready, consumers } = this.counts();
      return port.answer(channel, { type: 'Counted', ready, consumers });
    }
    this.toReplica(leader, { type: 'QuorumStat', channel });
  }

  private answerStat(channel: ChannelRef, ready: number, consumers: number): void {
    this.port.answer(channel, { type: 'Counted', ready, consumers });
  }

  private counts(): { readonly ready: number; readonly consumers: number } {
    return { ready: readyCount(this.queue.fifo), consumers: consumerCount(this.queue.fifo) };
  }

  private get raft(): RaftState<FifoCommand> {
    return this.queue.raft!;
  }
}

const askAgain = 1_000_000;
