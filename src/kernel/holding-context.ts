/** A context whose answers are kept back, until it is known what they have to wait for: replicas, other nodes. */
import type { Body, MessageId } from './bodies';
import type { NewFact } from './fact';
import type { Context, Tagged } from './machine';

export class HoldingContext<Answer extends Tagged> implements Context {
  readonly held: { readonly connection: number; readonly answer: Answer }[] = [];
  private readonly real: Context;

  constructor(real: Context) {
    this.real = real;
  }

  get now() { return this.real.now; } // prettier-ignore
  get self() { return this.real.self; } // prettier-ignore
  get part() { return this.real.part; } // prettier-ignore
  get incarnation() { return this.real.incarnation; } // prettier-ignore
  get connection() { return this.real.connection; } // prettier-ignore
  get sender() { return this.real.sender; } // prettier-ignore
  get cause() { return this.real.cause; } // prettier-ignore
  get slowness() { return this.real.slowness; } // prettier-ignore
  get notes() { return this.real.notes; } // prettier-ignore

  reply(connection: number, answer: Tagged): void {
    this.held.push({ connection, answer: answer as Answer });
  }

  random(source: string) { return this.real.random(source); } // prettier-ignore
  emit(fact: NewFact) { return this.real.emit(fact); } // prettier-ignore
  note(...fact: Parameters<Context['note']>) { return this.real.note(...fact); } // prettier-ignore
  compose(body: Body) { return this.real.compose(body); } // prettier-ignore
  body(message: MessageId) { return this.real.body(message); } // prettier-ignore
  tell(part: string, command: Tagged) { this.real.tell(part, command); } // prettier-ignore
  send(to: string, message: Tagged) { this.real.send(to, message); } // prettier-ignore
  request(to: string, message: Tagged) { return this.real.request(to, message); } // prettier-ignore
  abandon(request: number) { this.real.abandon(request); } // prettier-ignore
  disconnect(to: string) { this.real.disconnect(to); } // prettier-ignore
  after(delay: number, command: Tagged) { return this.real.after(delay, command); } // prettier-ignore
  cancel(timer: number) { this.real.cancel(timer); } // prettier-ignore
}
