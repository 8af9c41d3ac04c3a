import { dayMs, minuteMs, monthOf, type Period } from './period.ts';
import {
  type DecisionView,
  decisionPageSchema,
  type OrderView,
  orderPageSchema,
  type ReadApi,
  type StatusView,
  statusSchema,
} from './read-api.ts';

/** Everything about a period that the API tells. */
export interface CollectedPeriod {
  readonly period: Period;
  /** As it is when the report is made. */
  readonly status: StatusView;
  /** Oldest first, from the beginning of the period's first month, or a day before the period, until now. */
  readonly orders: readonly OrderView[];
  /** Of each instrument, oldest first, from some hours before the period on. */
  readonly decisions: ReadonlyMap<string, readonly DecisionView[]>;
}

/** Units live for four hours: who knows what came within them before the period knows all lots at its beginning. */
const lotsBeforeMs = 4 * 60 * minuteMs + 30 * minuteMs;

/**
 * Reads status, orders and decisions, page by page. The credentials should be those of a reader: others are shown only
 * their own orders.
 *
 * @throws whatever `read` throws
 */
export async function collectPeriod(read: ReadApi, period: Period): Promise<CollectedPeriod> {
  // First: so that every order that is counted as spent here is listed afterwards.
  const status = await read('/status', statusSchema);
  const orders = await readBack<OrderView>({
    page: async (cursor) => {
      const { orders: entries, nextCursor } = await read(`/orders?${query({ cursor })}`, orderPageSchema);
      return { entries, nextCursor };
    },
    at: ({ createdAt }) => Date.parse(createdAt),
    from: Math.min(period.from - dayMs, monthOf(period.from)),
    to: Number.POSITIVE_INFINITY,
  });
  const decisions = new Map<string, readonly DecisionView[]>();
  for (const { symbol } of status.instruments) {
    const found = await readBack<DecisionView>({
      page: async (cursor) => {
        const path = `/decisions?${query({ instrument: symbol, cursor })}`;
        const { decisions: entries, nextCursor } = await read(path, decisionPageSchema);
        return { entries, nextCursor };
      },
      at: ({ time }) => Date.parse(time),
      from: period.from - lotsBeforeMs,
      to: period.to,
    });
    decisions.set(symbol, found);
  }
  return { period, status, orders, decisions };
}

interface Listing<Entry> extends Period {
  readonly page: (cursor: string | null) => Promise<{
    readonly entries: readonly Entry[];
    readonly nextCursor: string | null;
  }>;
  readonly at: (entry: Entry) => number;
}

/** Lists are newest first: they are read until they are older than the period. Returns the period's, oldest first. */
async function readBack<Entry>({ page, at, from, to }: Listing<Entry>): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  let cursor: string | null = null;
  do {
    const { entries, nextCursor } = await page(cursor);
    found.push(...entries.filter((entry) => at(entry) >= from && at(entry) < to));
    const last = entries.at(-1);
    if (last !== undefined && at(last) < from) break;
    cursor = nextCursor;
  } while (cursor !== null);
  return found.toReversed();
}

function query(parameters: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null);
  return new URLSearchParams([['limit', '100'], ...given]).toString();
}
