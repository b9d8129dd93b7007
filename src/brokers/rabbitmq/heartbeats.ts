/**
 * Heartbeats of the server (rabbit_heartbeat.erl): twice in an interval it says that it lives, whatever else it has said (the
 * real one only where it has said nothing); a client of which nothing has come for two intervals is let go of without a
 * word.
 */
import type { ConnectionId, Context } from '../../kernel/machine';
import { seconds } from '../../kernel/time';
import type { ServerMethod } from './protocol';
import type { Connection } from './state';

/** The broker's own reminder. */
export interface HeartbeatTick {
  readonly type: 'HeartbeatTick';
  readonly connection: ConnectionId;
}

export function watchConnection(connection: Connection, context: Context): void {
  const { id, heartbeat } = connection;
  if (heartbeat === 0) return;
  const tick: HeartbeatTick = { type: 'HeartbeatTick', connection: id };
  connection.watch = context.after(seconds(heartbeat) / 2, tick);
}

/** Whether its client is given up. */
export function isSilent(connection: Connection, context: Context): boolean {
  if (connection.phase === 'open' && context.now - connection.heardAt >= 2 * seconds(connection.heartbeat))
    return true;
  const heartbeat: ServerMethod = { type: 'Heartbeat', channel: 0 };
  context.reply(connection.id, heartbeat);
  watchConnection(connection, context);
  return false;
}
