import { describe, expect, it } from 'vitest';
import type { ExchangeClient } from '../../../shared/exchange/client.ts';
import { answer, scriptedTransport } from './support/answers.ts';
import { clientWith } from './support/client-tools.ts';

const unit = 100_000_000n;
const account = (id: string, change: Record<string, unknown> = {}) => ({
  account_id: id,
  instrument_id: 'instrument_1',
  available_balance: 5,
  status: 'active',
  ...change,
});

const readAfter = (pages: readonly unknown[], basis: 'available' | 'total' = 'available') =>
  clientWith(scriptedTransport(...pages.map((page) => answer(200, page))), {
    balanceBasis: basis,
  }).getConsumptionAccounts();

describe('the list of accounts', () => {
  it('is read over all its pages', async () => {
    const accounts = await readAfter([
      { data: [account('a')], paging: { next_cursor: 'c', has_more: true } },
      { data: [account('b', { available_balance: '0.5' })], paging: { next_cursor: null, has_more: false } },
    ]);
    expect(accounts.map((one) => [one.accountId, one.usable])).toEqual([
      ['a', 5n * unit],
      ['b', unit / 2n],
    ]);
  });

  it('may be empty, which says that nothing is held', async () => {
    expect(await readAfter([{ data: [] }])).toEqual([]);
  });

  it('leaves out closed accounts, whatever they hold', async () => {
    const closed = account('b', { status: 'closed', available_balance: 'gone' });
    expect(await readAfter([{ data: [closed, account('a')] }])).toHaveLength(1);
  });

  it('keeps accounts of several instruments apart when they share an id', async () => {
    const accounts = await readAfter([
      { data: [account('a'), account('a', { instrument_id: 'instrument_2' })] },
    ]);
    expect(accounts.map((one) => one.instrumentId)).toEqual(['instrument_1', 'instrument_2']);
  });

  it('counts by total or by what is available, as it is told', async () => {
    const page = { data: [account('a', { available_balance: 0, total_balance: 7 })] };
    expect((await readAfter([page], 'total'))[0]?.usable).toBe(7n * unit);
    expect((await readAfter([page], 'available'))[0]?.usable).toBe(0n);
  });

  it.each<[string, unknown[]]>([
    ['promises more without a cursor', [{ data: [account('a')], paging: { has_more: true } }]],
    [
      'has an older envelope that counts more',
      [{ data: [account('a')], meta: { pagination: { limit: 1, offset: 0, total: 2 } } }],
    ],
    ['repeats its cursor', [1, 2].map(() => ({ data: [account('a')], paging: { next_cursor: 'c' } }))],
    ['ends in an empty page with a cursor', [{ data: [], paging: { next_cursor: 'c' } }]],
    [
      'has 20 pages and more',
      Array.from({ length: 20 }, (_, at) => ({ data: [account(`${at}`)], paging: { next_cursor: `${at}` } })),
    ],
    ['holds one unreadable balance', [{ data: [account('a'), account('b', { available_balance: -1 })] }]],
    ['holds a row without its own id', [{ data: [account('a', { account_id: null })] }]],
    ['holds a row that is no object', [{ data: [account('a'), null] }]],
    ['is no list', [{ data: { account: account('a') } }]],
    ['is an error in a 200', [{ errors: { detail: 'internal_error' } }]],
  ])('is not used at all when it %s', async (_what, pages) => {
    await expect(readAfter(pages)).rejects.toMatchObject({
      name: 'ExchangeReadError',
      kind: 'unreadable',
      resource: 'consumption-accounts',
    });
  });
});

describe('the other lists', () => {
  const lists: [keyof ExchangeClient, string, unknown][] = [
    [
      'getTradingAccounts',
      'trading-accounts',
      { account_id: 'a', instrument_id: 'i', available_balance: '1' },
    ],
    [
      'getCurrencyAccounts',
      'currency-trading-accounts',
      { account_id: 'a', currency: 'usd', available_balance: '1' },
    ],
    ['listMarkets', 'markets', { market_id: 'm', status: 'active' }],
  ];
  it.each(lists)('%s reads %s, and only all of it', async (method, resource, row) => {
    const read = async (...pages: unknown[]) => {
      const { transport, requests } = scriptedTransport(...pages.map((page) => answer(200, page)));
      const client = clientWith({ transport });
      const call: unknown = Reflect.get(client, method);
      if (typeof call !== 'function') throw new Error(`There is no ${method}.`);
      const rows: unknown = await Reflect.apply(call, client, []);
      return { rows, targets: requests.map((request) => request.target) };
    };
    const { rows, targets } = await read({ data: [row] });
    expect(rows).toHaveLength(1);
    expect(targets).toEqual([`/api/v1/trading/${resource}?limit=100`]);
    await expect(read({ data: [row], paging: { has_more: true } })).rejects.toMatchObject({ resource });
    await expect(read({ data: [row, {}] })).rejects.toMatchObject({ kind: 'unreadable', resource });
  });

  it('lists the trades of one order, even if the exchange gives those of all', async () => {
    const trade = (id: string, order: string | null) => ({
      trade_id: id,
      order_id: order,
      price: '2',
      quantity: 1,
    });
    const data = [trade('t1', 'o1'), trade('t2', 'o2'), trade('t3', null), trade('t4', 'o1')];
    const { transport, requests } = scriptedTransport(answer(200, { data }));
    const { rows, complete } = await clientWith({ transport }).listTrades('o1');
    expect(rows.map((row) => row.tradeId)).toEqual(['t1', 't4']);
    expect(complete).toBe(true);
    expect(requests[0]?.target).toBe('/api/v1/trading/trades?order_id=o1&limit=100');
  });

  it('lists trades as incomplete when one of them cannot be read', async () => {
    const data = [{ trade_id: 't1', order_id: 'o1', price: '2', quantity: 0.5 }];
    const { transport } = scriptedTransport(answer(200, { data }));
    expect(await clientWith({ transport }).listTrades('o1')).toEqual({ rows: [], complete: false });
  });
});
