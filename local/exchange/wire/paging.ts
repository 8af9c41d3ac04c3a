import * as v from 'valibot';
import type { Modes } from '../modes.ts';
import { type Problem, problem } from './refusals.ts';

const DEFAULT_LIMIT = 50;

const cursorSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.union([
    v.strictObject({ forward: v.boolean(), key: v.string() }),
    v.strictObject({ forward: v.boolean(), offset: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  ]),
);
type Cursor = v.InferOutput<typeof cursorSchema>;

/** What a list request asks for, after its paging parameters were found sound. */
interface PageRequest {
  readonly limit: number;
  readonly cursor: Cursor | undefined;
  readonly rawCursor: string | null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

type PagingModes = Pick<Modes, 'paging' | 'pageSizeOverride' | 'maximumPageSize'>;

/** Cursors are opaque on purpose: a client that reads into them depends on something it must not. */
function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decodeCursor(text: string): Cursor | undefined {
  const parsed = v.safeParse(cursorSchema, Buffer.from(text, 'base64url').toString('utf8'));
  return parsed.success ? parsed.output : undefined;
}

function parsePageRequest(query: URLSearchParams, modes: PagingModes): PageRequest | Problem {
  const next = query.get('next');
  const previous = query.get('prev');
  if (next !== null && previous !== null) {
    return problem(400, 'INVALID_REQUEST', 'next and prev cannot be used together');
  }
  const limitText = query.get('limit') ?? String(DEFAULT_LIMIT);
  const limit = /^\d{1,6}$/.test(limitText) ? Number(limitText) : 0;
  if (limit < 1 || limit > modes.maximumPageSize) {
    return problem(400, 'INVALID_REQUEST', `limit must be from 1 to ${modes.maximumPageSize}`);
  }
  const rawCursor = next ?? previous;
  const cursor = rawCursor === null ? undefined : decodeCursor(rawCursor);
  if (rawCursor !== null && cursor === undefined)
    return problem(400, 'INVALID_REQUEST', 'cursor is not valid');
  return { limit: modes.pageSizeOverride ?? limit, cursor, rawCursor };
}

/** Where a page lies among the rows. A cursor names the row at the edge of the page that the client has. */
function spanOf(keys: readonly string[], { limit, cursor }: PageRequest): Span | undefined {
  if (cursor === undefined) return { from: 0, to: limit };
  const edge = 'offset' in cursor ? cursor.offset : keys.indexOf(cursor.key) + (cursor.forward ? 1 : 0);
  if ('key' in cursor && !keys.includes(cursor.key)) return undefined;
  if (cursor.forward) return { from: edge, to: edge + limit };
  return { from: Math.max(0, edge - limit), to: edge };
}

function cursorAt(
  mode: Modes['paging'],
  keys: readonly string[],
  index: number,
  forward: boolean,
): string | null {
  if (mode === 'offset') return encodeCursor({ forward, offset: forward ? index + 1 : index });
  const key = keys[index];
  return key === undefined ? null : encodeCursor({ forward, key });
}

/**
 * Cuts a page out of rows that are already filtered and sorted, and words its `paging` envelope. The modes
 * stage what real services get wrong: more pages but no cursor, a cursor that never moves, rows repeated
 * from the page before, no envelope at all.
 */
export function paginate<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  query: URLSearchParams,
  modes: PagingModes,
): { readonly page: readonly Row[]; readonly envelope: object } | Problem {
  const request = parsePageRequest(query, modes);
  if ('status' in request) return request;
  const keys = rows.map(keyOf);
  const span = spanOf(keys, request);
  if (span === undefined) return problem(400, 'INVALID_REQUEST', 'cursor is not valid');
  const hasMore = span.to < rows.length;
  const repeats = modes.paging === 'repeating' && span.from > 0 ? 1 : 0;
  const page = rows.slice(span.from - repeats, span.to);
  if (modes.paging === 'absent') return { page, envelope: {} };
  const next = hasMore ? cursorAt(modes.paging, keys, span.to - 1, true) : null;
  const previous = span.from > 0 ? cursorAt(modes.paging, keys, span.from, false) : null;
  const shown = modes.paging === 'stuck-cursor' && hasMore ? (request.rawCursor ?? next) : next;
  return {
    page,
    envelope: {
      paging: {
        next_cursor: modes.paging === 'null-cursor' ? null : shown,
        prev_cursor: previous,
        has_more: hasMore,
      },
    },
  };
}
