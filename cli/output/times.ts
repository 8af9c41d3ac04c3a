import type { Look } from './look.ts';

type Zoned = Pick<Look, 'zone'>;

const dateLength = '2026-11-29'.length;

/** The zone's short name at a time, such as `CET`. */
export function zoneName({ zone }: Zoned, at: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}

/** A time with its date and zone, such as `2026-11-29 22:41:05 CET`. */
export function fullTime(look: Zoned, time: string): string {
  const at = Date.parse(time);
  return `${shortTime(look, time)} ${zoneName(look, at)}`;
}

/** The same without the zone, for columns whose title names it. */
export function shortTime({ zone }: Zoned, time: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(Date.parse(time));
}

/** The time of day for what is of today, else the date with hours and minutes. */
export function briefTime(look: Pick<Look, 'zone' | 'now'>, time: string): string {
  const text = shortTime(look, time);
  const today = shortTime(look, new Date(look.now()).toISOString()).slice(0, dateLength);
  return text.startsWith(today) ? text.slice(dateLength + 1) : text.slice(0, -':00'.length);
}

/** The time of day with its zone, such as `22:41:05 CET`. */
export function timeOfDay(look: Zoned, time: string): string {
  return fullTime(look, time).slice(dateLength + 1);
}

/** How long ago something was, such as `12 s ago`. */
export function ago(look: Pick<Look, 'now'>, time: string): string {
  return `${duration(Math.max(0, look.now() - Date.parse(time)))} ago`;
}

/** A duration in its two largest units, such as `1 h 20 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first === -1) return '0 s';
  let rest = seconds;
  const parts = units.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? '' : `${count} ${name}`;
  });
  return parts.filter((part) => part !== '').join(' ');
}
