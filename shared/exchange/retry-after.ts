import type { IncomingHttpHeaders } from 'node:http';

/** A reset header above this is a Unix time, below it a number of seconds. */
const smallestEpoch = 1_000_000_000;

/**
 * How long the exchange asks us to wait: `Retry-After` in seconds or as an HTTP date, else `x-ratelimit-reset` in
 * seconds or as a Unix time. Dates count from the answer's own `Date`, so that our clock does not matter.
 *
 * @returns whole seconds, never negative; undefined without a readable hint
 */
export function retryAfterSeconds(headers: Readonly<IncomingHttpHeaders>): number | undefined {
  return (
    secondsFrom(headers['retry-after'], headers.date) ??
    secondsFrom(headers['x-ratelimit-reset'], headers.date)
  );
}

function secondsFrom(hint: string | string[] | undefined, date: string | undefined): number | undefined {
  if (typeof hint !== 'string') return undefined;
  const sentAt = date === undefined ? Number.NaN : Date.parse(date);
  if (/^\d{1,12}(\.\d{1,9})?$/.test(hint.trim())) {
    const seconds = Math.ceil(Number(hint));
    return seconds < smallestEpoch ? seconds : untilSeconds(seconds * 1000, sentAt);
  }
  // `Date.parse` takes almost anything for a date; an HTTP date begins with the day of the week.
  return /^[A-Z][a-z]{2,8}, /.test(hint) ? untilSeconds(Date.parse(hint), sentAt) : undefined;
}

function untilSeconds(time: number, now: number): number | undefined {
  const seconds = Math.ceil((time - now) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
