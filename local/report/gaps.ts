import { formatUsd, parseForeignDecimal } from '../../shared/ledger/decimal.ts';
import type { CollectedPeriod } from './collect.ts';
import { dayMs, minuteMs, type Period } from './period.ts';
import type { DecisionView } from './read-api.ts';

/** Decisions are kept so long. */
const decisionsKeptMs = 14 * dayMs;

/** Checks come every minute or so: what is longer than this is a gap. */
const longestSilenceMs = 15 * minuteMs;

/** What the figures of a period leave out, in words, each with its reason. */
export function findGaps(collected: CollectedPeriod): readonly string[] {
  return [
    ...unfinished(collected),
    ...notShown(collected),
    ...[...collected.decisions].flatMap(([symbol, decisions]) => checksMissing(collected, symbol, decisions)),
  ];
}

function unfinished({ period, orders }: CollectedPeriod): readonly string[] {
  const open = orders.filter(({ createdAt, reserved }) => isIn(period, createdAt) && exact(reserved) > 0n);
  return open.length === 0
    ? []
    : [`${open.length} of the orders are not over: what they buy from now on is missing.`];
}

/** Others than readers are shown only their own orders, while the budgets count all of them. */
function notShown({ status, orders }: CollectedPeriod): readonly string[] {
  const { month } = status.budgets;
  const listed = orders
    .filter(({ createdAt }) => createdAt.startsWith(month.period))
    .reduce((all, { spent }) => all + exact(spent), 0n);
  const missing = exact(month.spent) - listed;
  return missing > 0n
    ? [
        `Orders for ${formatUsd(missing)} USD of ${month.period} are not shown to these credentials. A role that the stage names as a reader sees all.`,
      ]
    : [];
}

function checksMissing(
  { period, status }: CollectedPeriod,
  symbol: string,
  decisions: readonly DecisionView[],
): readonly string[] {
  const times = decisions.map(({ time }) => Date.parse(time)).filter((at) => at >= period.from);
  const isToppedUp = status.instruments.some((one) => one.symbol === symbol && one.policy !== null);
  const [first] = times;
  if (first === undefined && !isToppedUp) {
    return [`${symbol}: nothing tops it up, so that its balance, cover and market are not kept.`];
  }
  const areGone = period.from < Date.parse(status.time) - decisionsKeptMs;
  const why = areGone ? 'checks are kept for 14 days' : 'there was no check, or none was kept';
  if (first === undefined) return [`${symbol}: balance, cover and market are not known: ${why}.`];
  const late =
    first - period.from > longestSilenceMs
      ? [`${symbol}: balance, cover and market are known from ${utc(first)} on: before, ${why}.`]
      : [];
  return [...late, ...silences(symbol, [...times, Math.min(period.to, Date.parse(status.time))])];
}

function silences(symbol: string, times: readonly number[]): readonly string[] {
  const lengths = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const long = lengths.filter((length) => length > longestSilenceMs);
  if (long.length === 0) return [];
  const minutes = Math.round(long.reduce((all, length) => all + length, 0) / minuteMs);
  return [
    `${symbol}: ${long.length === 1 ? 'once' : `${long.length} times`} there was no check for more than 15 minutes, ${minutes} minutes in all. What was used meanwhile is drawn at the end of it.`,
  ];
}

function isIn({ from, to }: Period, time: string): boolean {
  const at = Date.parse(time);
  return at >= from && at < to;
}

function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function exact(text: string): bigint {
  return parseForeignDecimal(text) ?? 0n;
}
