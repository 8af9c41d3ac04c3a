import type { JsonObject } from './fields.ts';
import { collectPages, type Listing, type Page } from './paging.ts';
import { ExchangeReadError } from './read-error.ts';
import { pageFetcher, tolerant } from './read-parsed.ts';
import type { SignedRequestTools } from './signed-requests.ts';

const maximumPages = 200;

/** A list that grows with time, such as the own orders. */
export interface Scan<Row> {
  readonly resource: string;
  /** Throws UnreadableAnswer for a row that cannot be read, which makes the list incomplete. */
  readonly parseRow: (row: JsonObject) => Row;
  readonly idOf: (row: Row) => string;
  /** ms since the epoch; undefined where the row does not say. */
  readonly timeOf: (row: Row) => number | undefined;
}

/**
 * Lists what came to be since a time (ms), asking for the newest first and for those since then, and trusting neither: it
 * stops early only once the rows were seen to descend and have passed the time. Stopping at the first old row would be
 * wrong, for the exchange's own default order is oldest first.
 *
 * @throws ExchangeReadError if not even the first page can be read
 */
export function scanSince<Row>(
  tools: SignedRequestTools,
  { resource, parseRow, idOf, timeOf }: Scan<Row>,
  since: number,
): Promise<Listing<Row>> {
  const query = `order_direction=desc&start_datetime=${encodeURIComponent(new Date(since).toISOString())}`;
  return collectPages({
    fetchPage: keepingWhatWasRead(pageFetcher(tools, resource, query)),
    parseRow: tolerant(parseRow),
    idOf,
    maximumPages,
    isFarEnough: (rows) => hasDescendedPast(rows.map(timeOf), since),
  });
}

/** A later page that cannot be read ends the list early; what came before it still helps to find rows. */
function keepingWhatWasRead(fetchPage: (cursor: string | undefined) => Promise<Page>): typeof fetchPage {
  return async (cursor) => {
    try {
      return await fetchPage(cursor);
    } catch (error) {
      if (cursor === undefined || !(error instanceof ExchangeReadError)) throw error;
      return { rows: [], nextCursor: undefined, hasMore: true, isLast: false };
    }
  };
}

function hasDescendedPast(times: readonly (number | undefined)[], since: number): boolean {
  let descended = false;
  for (let index = 1; index < times.length; index += 1) {
    const [newer, older] = [times[index - 1], times[index]];
    if (newer === undefined || older === undefined || older > newer) return false;
    if (older < newer) descended = true;
  }
  const last = times.at(-1);
  return descended && last !== undefined && last < since;
}
