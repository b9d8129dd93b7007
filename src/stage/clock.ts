/** Simulated time as people write it: 0:18.600, 1:02:03, 3 d 04:05. Whole microseconds in, text out, and back. */
import { microsecondsPerMillisecond, type Time } from '../kernel/time';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** "0:18.6"; with hours "1:02:03.4"; with days "3 d 04:05:06.7". Cut off, not rounded: what was not reached is not shown. */
export function clock(time: Time, decimals: 0 | 1 | 3 = 1): string {
  const total = Math.floor(Math.max(0, time) / microsecondsPerMillisecond);
  const days = Math.floor(total / dayMs);
  const hours = Math.floor((total % dayMs) / hourMs);
  const minutes = Math.floor((total % hourMs) / 60_000);
  const rest = total % 60_000;
  const two = (value: number) => String(value).padStart(2, '0');
  const fraction =
    decimals === 0
      ? ''
      : `.${String(rest % 1000)
          .padStart(3, '0')
          .slice(0, decimals)}`;
  const seconds = `${two(Math.floor(rest / 1000))}${fraction}`;
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}:${seconds}`;
  if (hours > 0) return `${hours}:${two(minutes)}:${seconds}`;
  return `${minutes}:${seconds}`;
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: hourMs,
  hour: hourMs,
  hours: hourMs,
  d: dayMs,
  day: dayMs,
  days: dayMs,
};

/** Reads "0:18.6", "1:02:03", "3 d 4:05:06", "18.6 s", "18600 ms", "18.6" (seconds). null: no time anybody could mean. */
export function readTime(text: string): Time | null {
  const plain = text.trim().toLowerCase().replace(',', '.');
  const withDays = /^(\d+)\s*d(?:ays?)?\s+(.+)$/.exec(plain);
  const days = withDays ? Number(withDays[1]) * dayMs : 0;
  const rest = withDays ? withDays[2] : plain;
  const milliseconds = readClock(rest) ?? readSpan(rest);
  return milliseconds === null ? null : Math.round((days + milliseconds) * microsecondsPerMillisecond);
}

function readClock(text: string): number | null {
  const parts = /^(?:(\d+):)?(\d+):(\d{1,2}(?:\.\d+)?)$/.exec(text);
  if (!parts) return null;
  const [hours, minutes, seconds] = [Number(parts[1] ?? 0), Number(parts[2]), Number(parts[3])];
  if (seconds >= 60 || (parts[1] !== undefined && minutes >= 60)) return null;
  return hours * hourMs + minutes * 60_000 + seconds * 1000;
}

function readSpan(text: string): number | null {
  const parts = /^(\d+(?:\.\d*)?|\.\d+)\s*([a-z]*)$/.exec(text);
  if (!parts) return null;
  const unit = parts[2] === '' ? 1000 : units[parts[2]];
  return unit === undefined ? null : Number(parts[1]) * unit;
}
