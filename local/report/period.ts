/** A period, in ms since the epoch: `to` itself is not in it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export type ParsedPeriod =
  | { readonly ok: true; readonly period: Period }
  | { readonly ok: false; readonly problem: string };

export const minuteMs = 60_000;
export const dayMs = 86_400_000;

/** Orders are kept for about 400 days. */
const longestDays = 400;

/** How a period can be said, for help and errors. */
export const periodForms =
  'today, yesterday, 24h, 7d, a day (2026-11-28), a month (2026-11), or FROM..TO with days or times such as 2026-11-28T06:00Z';

/**
 * Reads a period. Days and months are UTC, as budgets are; the last day is included. What lies in the future is cut off.
 *
 * @param now ms since the epoch
 */
export function parsePeriod(text: string, now: number): ParsedPeriod {
  const found = readPeriod(text.trim(), now);
  if (found === undefined) return wrong(`must be ${periodForms}, not ${JSON.stringify(text)}`);
  const { from, to } = found;
  if (to <= from) return wrong('must not end before it begins');
  if (from >= now) return wrong('must begin in the past');
  if (to - from > longestDays * dayMs) return wrong(`must be ${longestDays} days at most`);
  return { ok: true, period: { from, to: Math.min(to, now) } };
}

function readPeriod(text: string, now: number): Period | undefined {
  const today = dayOf(now);
  if (text === 'today') return { from: today, to: today + dayMs };
  if (text === 'yesterday') return { from: today - dayMs, to: today };
  const back = /^([1-9]\d{0,3})(h|d)$/.exec(text);
  if (back !== null) {
    const length = Number(back[1]) * (back[2] === 'd' ? dayMs : dayMs / 24);
    return { from: now - length, to: now };
  }
  const [first = '', last, ...more] = text.split('..');
  if (more.length > 0) return undefined;
  const begin = readMoment(first);
  const end = last === '' ? { from: now, to: now } : readMoment(last ?? first);
  return begin === undefined || end === undefined ? undefined : { from: begin.from, to: end.to };
}

/** A month, a day, or a time, which takes no time itself. */
function readMoment(text: string): Period | undefined {
  if (/^\d{4}-\d\d$/.test(text)) {
    const from = readDay(`${text}-01`);
    return from === undefined ? undefined : { from, to: nextMonth(from) };
  }
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const from = readDay(text);
    return from === undefined ? undefined : { from, to: from + dayMs };
  }
  const [day = ''] = text.split('T');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) || readDay(day) === undefined ? undefined : { from: at, to: at };
}

/** Undefined for days that there are not, such as 2026-02-30. */
function readDay(text: string): number | undefined {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? at : undefined;
}

/** The beginning of the UTC day of a time. */
export function dayOf(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

/** The beginning of the UTC month of a time. */
export function monthOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

function nextMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

function wrong(problem: string): ParsedPeriod {
  return { ok: false, problem };
}
