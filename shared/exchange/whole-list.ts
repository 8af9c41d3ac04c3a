import { type JsonObject, UnreadableAnswer } from './fields.ts';
import { collectPages } from './paging.ts';
import { isClosed } from './parse-accounts.ts';
import { ExchangeReadError } from './read-error.ts';
import { pageFetcher, unreadable } from './read-parsed.ts';
import type { SignedRequestTools } from './signed-requests.ts';

const maximumPages = 20;

/** A list that is worth nothing unless it is whole: a missing account must not look like an empty one. */
export async function wholeList<Row>(
  tools: SignedRequestTools,
  resource: string,
  parseRow: (row: JsonObject) => Row,
  idOf: (row: Row) => string,
): Promise<readonly Row[]> {
  const fetchPage = pageFetcher(tools, resource, '');
  const plan = {
    fetchPage,
    parseRow,
    idOf,
    isIgnored: isClosed,
    maximumPages,
    // Two balances for one account: neither can be trusted.
    rowsStandStill: true,
  };
  try {
    const { rows, complete } = await collectPages<Row>(plan);
    if (complete) return rows;
  } catch (error) {
    if (error instanceof UnreadableAnswer) throw unreadable(resource, error);
    throw error;
  }
  throw new ExchangeReadError('unreadable', resource, 'list-incomplete');
}
