/**
 * The process that is the code of one Lambda function, when the code is a program's own: what it is called with is told
 * to the script, what the script says goes back. Each invocation has a connection of its own, so they overlap.
 */
import type { RunInvocationRequest, RunInvocationResponse } from '../../brokers/aws/lambda/protocol';
import type { ConnectionClosed, ConnectionId, Machine, Start, Tagged } from '../../kernel/machine';
import { scriptPart } from '../script';

/** Driver → script. */
export interface Invoked extends Tagged {
  readonly type: 'Invoked';
  readonly invocation: number;
  readonly request: RunInvocationRequest;
}

/** Script → driver. */
export interface Finish extends Tagged {
  readonly type: 'Finish';
  readonly invocation: number;
  readonly response: RunInvocationResponse;
}

interface State {
  lastInvocation: number;
  running: Map<number, ConnectionId>;
}

export const machine: Machine<State, RunInvocationRequest | Finish> = {
  kind: 'aws-sdk.function',
  init: () => ({ lastInvocation: 0, running: new Map() }),
  apply(state, command: Start | ConnectionClosed | RunInvocationRequest | Finish, context) {
    if (command.type === 'RunInvocationRequest') {
      const invocation = ++state.lastInvocation;
      state.running.set(invocation, context.connection);
      const invoked: Invoked = { type: 'Invoked', invocation, request: command };
      context.tell(scriptPart, invoked);
    } else if (command.type === 'Finish') {
      const connection = state.running.get(command.invocation);
      // whoever called it has given it up
      if (connection === undefined) return;
      state.running.delete(command.invocation);
      context.reply(connection, command.response);
    } else if (command.type === 'ConnectionClosed')
      for (const [invocation, connection] of state.running)
        if (connection === command.connection) state.running.delete(invocation);
  },
  restart: (state) => state.running.clear(),
  clone: ({ lastInvocation, running }) => ({ lastInvocation, running: new Map(running) }),
};
