import { isDeepStrictEqual } from 'node:util';
import type { ExactJson } from './exact-json.ts';
import { isObject, type JsonObject, textField, UnreadableAnswer } from './fields.ts';

/** One page of a list as the exchange gave it. */
export interface Page {
  readonly rows: readonly ExactJson[];
  /** Where to go on; undefined at the end. */
  readonly nextCursor: string | undefined;
  /** Whether the page itself says that more follows. */
  readonly hasMore: boolean;
  /** Whether the page itself says that nothing follows. */
  readonly isLast: boolean;
}

/** A list as far as it could be read. */
export interface Listing<Row> {
  readonly rows: readonly Row[];
  /** False if anything may be missing. Then absence of a row proves nothing. */
  readonly complete: boolean;
}

/** How a list is read. */
export interface ListingPlan<Row> {
  readonly fetchPage: (cursor: string | undefined) => Promise<Page>;
  /** The row in our terms; undefined if it cannot be read (which makes the list incomplete). */
  readonly parseRow: (row: JsonObject) => Row | undefined;
  readonly idOf: (row: Row) => string;
  /** Rows that do not count at all. */
  readonly isIgnored?: (row: JsonObject) => boolean;
  readonly maximumPages: number;
  /** Whether a row that comes twice must be the same both times; otherwise the later one counts. */
  readonly rowsStandStill?: boolean;
  /** Called after each page; true if what follows can be left out without making the list incomplete. */
  readonly isFarEnough?: (rows: readonly Row[]) => boolean;
}

/**
 * Reads a list in any of the exchange's forms: `{data, paging}`, `{data, meta}`, `{data}` or a bare array. A list
 * that says nothing of further pages and holds as many rows as were asked for may have been cut there.
 *
 * @param limit how many rows were asked for
 * @throws UnreadableAnswer if there is no list in it
 */
export function parsePage(json: ExactJson | undefined, limit: number): Page {
  const rows = Array.isArray(json)
    ? (json as readonly ExactJson[])
    : isObject(json)
      ? json['data']
      : undefined;
  if (!Array.isArray(rows)) throw new UnreadableAnswer('there is no list in the answer');
  const paging = isObject(json) ? pagingOf(json) : undefined;
  return {
    rows: rows as readonly ExactJson[],
    nextCursor: paging === undefined ? undefined : cursorIn(paging),
    hasMore:
      paging?.['has_more'] === true ||
      (paging === undefined ? rows.length >= limit : moreByCount(paging, rows.length)),
    isLast: paging?.['has_more'] === false,
  };
}

/** @throws UnreadableAnswer if there is one that cannot be sent back: then the list must not look finished */
function cursorIn(paging: JsonObject): string | undefined {
  const cursor = paging['next_cursor'] ?? '';
  if (typeof cursor !== 'string' || !cursor.isWellFormed())
    throw new UnreadableAnswer('the cursor is no text');
  return textField(paging, 'next_cursor');
}

function pagingOf(json: JsonObject): JsonObject | undefined {
  if (isObject(json['paging'])) return json['paging'];
  const meta = json['meta'];
  if (!isObject(meta)) return undefined;
  return isObject(meta['pagination']) ? meta['pagination'] : meta;
}

/** The older envelopes only count; they offer no cursor to go on with. */
function moreByCount(paging: JsonObject, received: number): boolean {
  const read = (name: string): number => Number(textField(paging, name) ?? Number.NaN);
  // Not by `limit`: the exchange may give fewer rows than it says it would.
  return read('offset') + received < read('total') || read('page') < read('total_pages');
}

/**
 * Follows the cursors to the end, within bounds: never more pages than planned, never the same cursor twice. Rows
 * that come twice (pages shift while orders arrive) count once.
 */
export async function collectPages<Row>(plan: ListingPlan<Row>): Promise<Listing<Row>> {
  const rows = new Map<string, Row>();
  const seenCursors = new Set<string>();
  let readable = true;
  let cursor: string | undefined;
  for (let page = 0; page < plan.maximumPages; page += 1) {
    const { rows: received, nextCursor, hasMore, isLast } = await plan.fetchPage(cursor);
    for (const json of received) {
      if (isObject(json) && plan.isIgnored?.(json) === true) continue;
      const row = isObject(json) ? plan.parseRow(json) : undefined;
      if (row === undefined || contradicts(plan, rows, row)) readable = false;
      else rows.set(plan.idOf(row), row);
    }
    const listing = (complete: boolean): Listing<Row> => ({
      rows: [...rows.values()],
      complete: complete && readable,
    });
    if (nextCursor === undefined) return listing(!hasMore);
    if (plan.isFarEnough?.([...rows.values()]) === true) return listing(true);
    if (received.length === 0) return listing(isLast);
    if (seenCursors.has(nextCursor)) return listing(false);
    seenCursors.add(nextCursor);
    cursor = nextCursor;
  }
  return { rows: [...rows.values()], complete: false };
}

function contradicts<Row>(plan: ListingPlan<Row>, rows: ReadonlyMap<string, Row>, row: Row): boolean {
  const before = rows.get(plan.idOf(row));
  return plan.rowsStandStill === true && before !== undefined && !isDeepStrictEqual(before, row);
}
