import { describe, expect, it } from 'vitest';
import { answer, scriptedTransport } from './support/answers.ts';
import { clientWith, testEpoch } from './support/client-tools.ts';
import { orderRow } from './support/pages.ts';

type Read = (client: ReturnType<typeof clientWith>) => Promise<unknown>;

/** What is told of an answer that holds these rows. */
async function unfamiliar(read: Read, ...rows: readonly object[]): Promise<readonly string[]> {
  const names: string[] = [];
  const watch = { posted: () => {}, unfamiliar: (name: string) => names.push(name) };
  await read(clientWith({ transport: scriptedTransport(answer(200, { data: rows })).transport, watch }));
  return names;
}

const orders: Read = (client) => client.scanOrders(testEpoch - 60_000);
const consumption: Read = (client) => client.getConsumptionAccounts();
const trading: Read = (client) => client.getTradingAccounts();
const order = { ...orderRow('order_1', testEpoch), status: 'active' };
const account = { account_id: 'account_1', instrument_id: 'instrument_1', available_balance: '1' };

describe('an answer', () => {
  it('of which everything is known tells nothing', async () => {
    expect(await unfamiliar(orders, order)).toEqual([]);
    expect(await unfamiliar(consumption, account)).toEqual([]);
    expect(await unfamiliar(trading, account)).toEqual([]);
  });

  it.each([
    ['orders.colour', orders, { ...order, colour: 'red' }],
    ['orders.status', orders, { ...order, status: 'slumbering' }],
    ['consumption-accounts.held_balance', consumption, { ...account, held_balance: '5' }],
    ['trading-accounts.held_balance', trading, { ...account, held_balance: '5' }],
  ])('with %s tells that', async (name, read, row) => {
    expect(await unfamiliar(read, row)).toEqual([name]);
  });

  it('is not quoted: neither what is in a field, nor a name that could be anything', async () => {
    const told = await unfamiliar(orders, { ...order, note: 'secret', 'secret text, as a name': 1 });
    expect(told).toEqual(['orders.note', 'orders.unnamed']);
  });

  it('on one order tells it too', async () => {
    const names: string[] = [];
    const watch = { posted: () => {}, unfamiliar: (name: string) => names.push(name) };
    const { transport } = scriptedTransport(answer(200, { data: { ...order, colour: 'red' } }));
    await clientWith({ transport, watch }).getOrder('order_1');
    expect(names).toEqual(['orders.colour']);
  });
});
