import type { Modes } from '../modes.ts';
import type { Answer } from './exchange-of-messages.ts';
import { paginate } from './paging.ts';
import { type Problem, problem } from './refusals.ts';

/** How a kind of row is listed. Rows come in the sequence of their time, oldest first. */
export interface Listing<Row> {
  readonly keyOf: (row: Row) => string;
  /** When the row came to be, for `start_datetime` and `end_datetime`. */
  readonly timeOf: (row: Row) => number;
  /** Flat filters by name. Nested filters and unknown names are ignored, as the exchange does. */
  readonly filters: Readonly<Record<string, (row: Row, wanted: string) => boolean>>;
  /** Names that `order_by` takes. All of them sort by time. */
  readonly orderBy: readonly string[];
  readonly show: (row: Row) => object;
}

/** Reads ISO 8601 or Unix seconds. Undefined for anything else. */
function parseMoment(text: string): number | undefined {
  if (/^\d{1,11}$/.test(text)) return Number(text) * 1000;
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

function sortingProblem(query: URLSearchParams, orderBy: readonly string[]): Problem | undefined {
  const direction = query.get('order_direction') ?? 'asc';
  if (direction !== 'asc' && direction !== 'desc') {
    return problem(400, 'INVALID_REQUEST', 'order_direction must be asc or desc');
  }
  const by = query.get('order_by');
  if (by !== null && !orderBy.includes(by)) {
    return problem(400, 'INVALID_REQUEST', `order_by must be one of ${orderBy.join(', ')}`);
  }
  return undefined;
}

function momentOf(query: URLSearchParams, name: string, otherwise: number): number | Problem {
  const text = query.get(name);
  if (text === null) return otherwise;
  return parseMoment(text) ?? problem(400, 'INVALID_REQUEST', `${name} must be ISO 8601 or Unix seconds`);
}

/** Filters, sorts and pages rows by a list request's query. */
export function answerList<Row>(
  rows: readonly Row[],
  listing: Listing<Row>,
  query: URLSearchParams,
  modes: Modes,
): Answer | Problem {
  const sorting = sortingProblem(query, listing.orderBy);
  if (sorting !== undefined) return sorting;
  const start = momentOf(query, 'start_datetime', Number.NEGATIVE_INFINITY);
  if (typeof start !== 'number') return start;
  const end = momentOf(query, 'end_datetime', Number.POSITIVE_INFINITY);
  if (typeof end !== 'number') return end;
  const wanted = Object.entries(listing.filters).flatMap(([name, holds]) => {
    const value = query.get(name);
    return value === null ? [] : [(row: Row) => holds(row, value)];
  });
  const kept = rows.filter((row) => {
    const time = listing.timeOf(row);
    return time >= start && time <= end && wanted.every((holds) => holds(row));
  });
  const sorted = query.get('order_direction') === 'desc' ? kept.toReversed() : kept;
  const cut = paginate(sorted, listing.keyOf, query, modes);
  if ('status' in cut) return cut;
  return { status: 200, json: { data: cut.page.map(listing.show), ...cut.envelope } };
}
