/** A driver's calls as promises. */
import type { AnyMachine } from '../../kernel/machine';
import { scriptPart, type Driver } from '../script';
import type { Call, Returned, Threw } from './calls';
import { errorOf } from './exceptions';
import type { Surroundings } from './requests';

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** One driver in a process of its own. What was killed never answers, as in a program that was killed. */
export class Calls<What extends { readonly is: string }> {
  readonly driver: Driver;
  private lastTicket = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor({ world }: Surroundings, clientId: string, machine: AnyMachine, options: unknown) {
    this.driver = world.start(clientId, machine, options, (command) =>
      this.hear(command as Returned | Threw),
    );
  }

  call<Result>(call: What): Promise<Result> {
    const ticket = ++this.lastTicket;
    return new Promise<Result>((resolve, reject) => {
      this.waiting.set(ticket, { resolve, reject });
      const command: Call<What> = { type: 'Call', ticket, replyTo: scriptPart, call };
      this.driver.tell(command);
    });
  }

  private hear(answer: Returned | Threw): void {
    const waiting = this.waiting.get(answer.ticket);
    this.waiting.delete(answer.ticket);
    if (answer.type === 'Returned') waiting?.resolve(answer.value as never);
    else waiting?.reject(errorOf(answer.thrown));
  }
}
