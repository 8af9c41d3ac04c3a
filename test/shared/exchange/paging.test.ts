import { describe, expect, it } from 'vitest';
import { type ExactJson, parseExactJson } from '../../../shared/exchange/exact-json.ts';
import { UnreadableAnswer } from '../../../shared/exchange/fields.ts';
import { collectPages, type ListingPlan, type Page, parsePage } from '../../../shared/exchange/paging.ts';

type Row = { readonly id: string };

const page = (ids: readonly string[], nextCursor?: string, hasMore = nextCursor !== undefined): Page => ({
  rows: ids.map((id) => ({ id })),
  nextCursor,
  hasMore,
  isLast: false,
});

/** Lists these pages in turn, whatever cursor is asked for. */
async function collect(pages: readonly Page[], change: Partial<ListingPlan<Row>> = {}) {
  const cursors: (string | undefined)[] = [];
  const listing = await collectPages<Row>({
    fetchPage: async (cursor) => {
      cursors.push(cursor);
      const next = pages[cursors.length - 1];
      if (next === undefined) throw new Error('A page was asked for that is not planned.');
      return next;
    },
    parseRow: (row) => (typeof row['id'] === 'string' ? { id: row['id'] } : undefined),
    idOf: (row) => row.id,
    maximumPages: 20,
    ...change,
  });
  return { ids: listing.rows.map((row) => row.id), complete: listing.complete, cursors };
}

describe('a list over several pages', () => {
  it('is followed by its cursors to the end', async () => {
    expect(await collect([page(['a', 'b'], 'x'), page(['c'], 'y'), page(['d'])])).toEqual({
      ids: ['a', 'b', 'c', 'd'],
      complete: true,
      cursors: [undefined, 'x', 'y'],
    });
  });

  it('may be empty', async () => {
    expect(await collect([page([])])).toMatchObject({ ids: [], complete: true });
  });

  it('counts a row once that comes on two pages, as it was last seen', async () => {
    expect(await collect([page(['a', 'b'], 'x'), page(['b', 'c'])])).toMatchObject({
      ids: ['a', 'b', 'c'],
      complete: true,
    });
  });

  it('is incomplete when more is promised without a cursor', async () => {
    expect(await collect([page(['a'], undefined, true)])).toMatchObject({ ids: ['a'], complete: false });
  });

  it('is incomplete when a cursor comes again, at once or in a circle', async () => {
    const atOnce = await collect([page(['a'], 'x'), page(['b'], 'x')]);
    expect(atOnce).toEqual({ ids: ['a', 'b'], complete: false, cursors: [undefined, 'x'] });
    const circle = await collect([page(['a'], 'x'), page(['b'], 'y'), page(['c'], 'x')]);
    expect(circle).toEqual({ ids: ['a', 'b', 'c'], complete: false, cursors: [undefined, 'x', 'y'] });
  });

  it('is incomplete when an empty page has a cursor', async () => {
    expect(await collect([page(['a'], 'x'), page([], 'y')])).toMatchObject({ ids: ['a'], complete: false });
  });

  it('is complete at an empty page that says it is the last, although it has a cursor', async () => {
    const last: Page = { rows: [], nextCursor: 'y', hasMore: false, isLast: true };
    expect(await collect([page(['a'], 'x'), last])).toMatchObject({ ids: ['a'], complete: true });
  });

  it('is incomplete when a row comes twice and differs, where rows stand still', async () => {
    const twice: Page = {
      rows: [{ id: 'a' }, { id: 'a', x: '1' }],
      nextCursor: undefined,
      hasMore: false,
      isLast: true,
    };
    const keepAll = { parseRow: (row: object) => row as Row };
    expect(await collect([twice], { ...keepAll, rowsStandStill: true })).toMatchObject({ complete: false });
    expect(await collect([twice], keepAll)).toMatchObject({ complete: true });
  });

  it('is incomplete after as many pages as were planned', async () => {
    const endless = Array.from({ length: 9 }, (_, at) => page([`row-${at}`], `cursor-${at}`));
    expect(await collect(endless, { maximumPages: 4 })).toMatchObject({
      ids: ['row-0', 'row-1', 'row-2', 'row-3'],
      complete: false,
    });
  });

  it.each<[string, ExactJson]>([
    ['cannot be read', { name: 'no id' }],
    ['is null', null],
    ['is text', 'a'],
    ['is a list', []],
  ])('is incomplete when a row %s, and keeps the others', async (_what, row) => {
    const odd: Page = {
      rows: [{ id: 'a' }, row, { id: 'c' }],
      nextCursor: 'x',
      hasMore: true,
      isLast: false,
    };
    expect(await collect([odd, page(['d'])])).toMatchObject({ ids: ['a', 'c', 'd'], complete: false });
  });

  it('is complete without the rows that do not count, even unreadable ones', async () => {
    const rows: Page = {
      rows: [{ id: 'a' }, { status: 'closed' }],
      nextCursor: undefined,
      hasMore: false,
      isLast: true,
    };
    const plan = { isIgnored: (row: Readonly<Record<string, unknown>>) => row['status'] === 'closed' };
    expect(await collect([rows], plan)).toMatchObject({ ids: ['a'], complete: true });
  });

  it('is complete where it was broken off because the rest does not matter', async () => {
    const pages = [page(['a'], 'x'), page(['b'], 'y'), page(['c'])];
    const plan = { isFarEnough: (rows: readonly Row[]) => rows.some((row) => row.id === 'b') };
    expect(await collect(pages, plan)).toMatchObject({ ids: ['a', 'b'], complete: true });
  });

  it('is incomplete where it was broken off, if a row was unreadable', async () => {
    const odd: Page = { rows: [{ id: 'b' }, {}], nextCursor: 'x', hasMore: true, isLast: false };
    expect(await collect([odd], { isFarEnough: () => true })).toMatchObject({ complete: false });
  });
});

describe('a page', () => {
  const read = (json: string, limit = 100) => parsePage(parseExactJson(json), limit);

  it.each<[string, string, Partial<Page>]>([
    [
      'today',
      '{"data":[{}],"paging":{"next_cursor":" c ","has_more":true}}',
      { nextCursor: 'c', hasMore: true },
    ],
    ['today, at the end', '{"data":[{}],"paging":{"next_cursor":null,"has_more":false}}', { isLast: true }],
    ['with a blank cursor', '{"data":[{}],"paging":{"next_cursor":" ","has_more":false}}', { isLast: true }],
    ['with a numeric cursor', '{"data":[{}],"paging":{"next_cursor":7}}', { nextCursor: '7' }],
    [
      'older, with more',
      '{"data":[{}],"meta":{"pagination":{"limit":1,"offset":0,"total":2}}}',
      { hasMore: true },
    ],
    [
      'older, at the end',
      '{"data":[{}],"meta":{"pagination":{"limit":1,"offset":1,"total":2}}}',
      { hasMore: false },
    ],
    ['older, saying so', '{"data":[{}],"meta":{"pagination":{"has_more":true}}}', { hasMore: true }],
    [
      'older, shorter than its limit',
      '{"data":[{}],"meta":{"pagination":{"limit":100,"offset":0,"total":9}}}',
      { hasMore: true },
    ],
    [
      'oldest, with more',
      '{"data":[{}],"meta":{"page":1,"page_size":1,"total_count":2,"total_pages":2}}',
      { hasMore: true },
    ],
    [
      'oldest, at the end',
      '{"data":[{}],"meta":{"page":2,"page_size":1,"total_count":2,"total_pages":2}}',
      { hasMore: false },
    ],
    ['without paging', '{"data":[{}]}', { hasMore: false }],
    ['as a bare list', '[{}]', { hasMore: false }],
  ])('is read in the form of %s', (_form, json, expected) => {
    expect(read(json)).toEqual({
      rows: [{}],
      nextCursor: undefined,
      hasMore: false,
      isLast: false,
      ...expected,
    });
  });

  it('that says nothing of further ones may have been cut at as many rows as were asked for', () => {
    for (const json of ['{"data":[{},{}]}', '[{},{}]']) {
      expect([read(json, 3), read(json, 2), read(json, 1)].map((one) => one.hasMore)).toEqual([
        false,
        true,
        true,
      ]);
    }
    expect(read('{"data":[{},{}],"paging":{"next_cursor":null,"has_more":false}}', 2).hasMore).toBe(false);
  });

  it.each(['{}', '{"data":null}', '{"data":{}}', '{"data":"[]"}', '"[]"', '7', 'null', '{"rows":[]}', ''])(
    'is not read from %s, which holds no list',
    (json) => {
      expect(() => read(json)).toThrow(UnreadableAnswer);
    },
  );

  it.each(['{"id":"c"}', '["c"]', 'true', '"\\ud800"'])(
    'is not taken for the last one with the cursor %s, which cannot be sent back',
    (cursor) => {
      expect(() => read(`{"data":[],"paging":{"next_cursor":${cursor}}}`)).toThrow(UnreadableAnswer);
    },
  );
});
