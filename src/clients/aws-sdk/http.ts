/**
 * The HTTP agent under one client of the SDK: a process from which every call goes out on a connection of its own, so
 * that calls overlap. What comes back is told to the script by the call's number.
 */
import type { ConnectionClosed, ConnectionId, Machine, Start, Tagged } from '../../kernel/machine';
import { scriptPart } from '../script';

export interface Call extends Tagged {
  readonly type: 'Call';
  readonly call: number;
  /** Process of the service. */
  readonly to: string;
  readonly request: Tagged;
}

/** Nobody waits for the answer any more. */
export interface GiveUp extends Tagged {
  readonly type: 'GiveUp';
  readonly call: number;
}

/** Driver → script. */
export interface Answered extends Tagged {
  readonly type: 'Answered';
  readonly call: number;
  readonly response: Tagged;
}

/** Driver → script: the connection was refused, or lost before the answer. */
export interface Lost extends Tagged {
  readonly type: 'Lost';
  readonly call: number;
  readonly refused: boolean;
}

interface State {
  /** Calls that wait for their answer. */
  calls: Map<ConnectionId, number>;
}

export const machine: Machine<State, Tagged> = {
  kind: 'aws-sdk.http',
  init: () => ({ calls: new Map() }),
  apply(state, command: Start | ConnectionClosed | Call | GiveUp | Tagged, context) {
    if (command.type === 'Start') return;
    if (command.type === 'Call') {
      const { call, to, request } = command as Call;
      state.calls.set(context.request(to, request), call);
    } else if (command.type === 'GiveUp') {
      const given = (command as GiveUp).call;
      for (const [connection, call] of state.calls)
        if (call === given) {
          state.calls.delete(connection);
          context.abandon(connection);
        }
    } else if (command.type === 'ConnectionClosed') {
      const { connection, refused = false } = command as ConnectionClosed;
      const call = state.calls.get(connection);
      if (call === undefined) return;
      state.calls.delete(connection);
      const lost: Lost = { type: 'Lost', call, refused };
      context.tell(scriptPart, lost);
    } else {
      const call = state.calls.get(context.connection);
      if (call === undefined) return;
      state.calls.delete(context.connection);
      const answered: Answered = { type: 'Answered', call, response: command };
      context.tell(scriptPart, answered);
    }
  },
  restart: (state) => state.calls.clear(),
  clone: ({ calls }) => ({ calls: new Map(calls) }),
};
