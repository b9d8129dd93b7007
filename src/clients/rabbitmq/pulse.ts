/**
 * Heartbeats as amqplib has them (lib/heartbeat.js): twice in an interval it is seen whether anything was sent since, and
 * if not a heartbeat is; once in an interval, whether anything came, and when twice in a row nothing has, the connection
 * is given up.
 */
import type { Context, TimerId } from '../../kernel/machine';
import { seconds, type Duration } from '../../kernel/time';

export interface Pulse {
  /** As agreed; 0: there are none. */
  interval: Duration;
  /** Since it was looked at last. */
  sent: boolean;
  received: boolean;
  missed: number;
  sendTimer: TimerId;
  receiveTimer: TimerId;
}

export type PulseReminder = { readonly type: 'BeatIfSilent' } | { readonly type: 'CheckPeer' };

export function newPulse(): Pulse {
  return { interval: 0, sent: false, received: false, missed: 0, sendTimer: 0, receiveTimer: 0 };
}

/** `heartbeat` in seconds. */
export function startPulse(pulse: Pulse, heartbeat: number, context: Context): void {
  Object.assign(pulse, newPulse(), { interval: seconds(heartbeat) });
  if (heartbeat === 0) return;
  remindToSend(pulse, context);
  remindToCheck(pulse, context);
}

export function stopPulse(pulse: Pulse, context: Context): void {
  if (pulse.sendTimer !== 0) context.cancel(pulse.sendTimer);
  if (pulse.receiveTimer !== 0) context.cancel(pulse.receiveTimer);
  Object.assign(pulse, newPulse());
}

/** Whether a heartbeat has to be sent now. */
export function beatIsDue(pulse: Pulse, context: Context): boolean {
  const isDue = !pulse.sent;
  pulse.sent = false;
  remindToSend(pulse, context);
  return isDue;
}

/** Whether the peer has been silent for too long. */
export function peerIsSilent(pulse: Pulse, context: Context): boolean {
  pulse.missed = pulse.received ? 0 : pulse.missed + 1;
  pulse.received = false;
  if (pulse.missed >= 2) return true;
  remindToCheck(pulse, context);
  return false;
}

function remindToSend(pulse: Pulse, context: Context): void {
  const reminder: PulseReminder = { type: 'BeatIfSilent' };
  pulse.sendTimer = context.after(pulse.interval / 2, reminder);
}

function remindToCheck(pulse: Pulse, context: Context): void {
  const reminder: PulseReminder = { type: 'CheckPeer' };
  pulse.receiveTimer = context.after(pulse.interval, reminder);
}
