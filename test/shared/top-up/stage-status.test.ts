import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { instrumentsSchema } from '../../../shared/configuration/instruments.ts';
import { statusView } from '../../../shared/http/status-view.ts';
import { instrumentInForce } from '../../../shared/settings/in-force.ts';
import { newStageSettings, type Settings } from '../../../shared/settings/settings.ts';
import type { Balances } from '../../../shared/top-up/balances.ts';
import { readStageStatus } from '../../../shared/top-up/stage-status.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { sampleDecision } from '../../support/sample-decision.ts';
import { sampleOrder, usd } from '../../support/sample-order.ts';
import { testEpoch } from '../../support/virtual-clock.ts';

const limits = { perOrder: usd('50'), perDay: usd('200'), perMonth: usd('2000'), ordersPerHour: 60n };
const account = { accountId: 'a', instrument: 'chat-prime', instrumentId: 'i' };
const balances: Balances = {
  readAt: testEpoch - 5_000,
  consumption: [
    { ...account, usable: usd('2.5'), total: undefined },
    { ...account, accountId: 'b', usable: usd('1'), total: undefined },
    { ...account, instrument: undefined, usable: usd('100'), total: undefined },
  ],
  trading: [],
  currency: [{ currency: 'usd', available: usd('10'), locked: usd('1'), total: usd('11') }],
};
const instruments = v.parse(instrumentsSchema, [
  {
    symbol: 'chat-prime',
    marketId: 'm1',
    maximumPrice: '2.50',
    maximumQuantity: 100,
    topUp: { policy: 'adaptive' },
  },
  { symbol: 'code-prime', marketId: 'm2', maximumPrice: '3.00', maximumQuantity: 10 },
]);

let store: MemoryOrderStore;
beforeEach(() => {
  store = createMemoryOrderStore(limits);
});

const readWith = (known: Balances | undefined) =>
  readStageStatus(
    {
      store,
      clock: { now: () => testEpoch },
      readControl: async () => store.control,
      readBudget: async (period) =>
        period.length === 10
          ? { cap: usd('100'), available: usd('60'), reserved: usd('30'), spent: usd('10') }
          : undefined,
      balances: { read: async () => known },
      decisions: {
        list: async ({ instrument, limit }) => ({
          decisions: instrument === 'chat-prime' ? [sampleDecision()].slice(0, limit) : [],
          nextCursor: undefined,
        }),
      },
      ordersInHour: async (at) => (at === testEpoch ? 7 : 0),
    },
    instruments.map(({ symbol }) => symbol),
  );
const read = () => readWith(balances);
const factsUnder = (settings?: Settings) => ({
  stage: 'production',
  instruments: instruments.map((instrument) => instrumentInForce(instrument, settings)),
});
const facts = factsUnder();
const everything = { shows: () => true };

describe('the status of a stage', () => {
  it('adds up the Units of an instrument, and no others', async () => {
    const { instruments: found } = await read();
    expect(found.map(({ symbol, usable, inTrading }) => ({ symbol, usable, inTrading }))).toEqual([
      { symbol: 'chat-prime', usable: usd('3.5'), inTrading: 0n },
      { symbol: 'code-prime', usable: 0n, inTrading: 0n },
    ]);
  });

  it('measures what was spent by the caps in force', async () => {
    expect(statusView(facts, await read(), everything)).toMatchObject({
      mode: 'LIVE',
      stoppedBy: null,
      limits: { perOrder: '50.00', perDay: '200.00', perMonth: '2000.00', ordersPerHour: 60 },
      budgets: {
        day: { period: '2026-11-23', cap: '200.00', spent: '10.00', reserved: '30.00', available: '160.00' },
        month: { period: '2026-11', cap: '2000.00', spent: '0.00', reserved: '0.00', available: '2000.00' },
      },
      ordersThisHour: 7,
      checkedAt: '2026-11-23T11:59:55.000Z',
      currency: [{ currency: 'USD', available: '10.00', locked: '1.00' }],
    });
  });

  it('has the terms of each instrument and its last decision', async () => {
    expect(statusView(facts, await read(), everything)).toMatchObject({
      instruments: [
        {
          symbol: 'chat-prime',
          policy: 'adaptive',
          usable: '3.5',
          decision: { reason: 'below-reorder-point', coverMinutes: 4 },
        },
        {
          symbol: 'code-prime',
          policy: null,
          maximumPrice: '3.00',
          maximumQuantity: 10,
          priceTick: '0.01',
          feeBasisPoints: 100,
          decision: null,
        },
      ],
    });
  });

  it('has instruments as they are in force, and the version of the settings that say so', async () => {
    store.control.settingsVersion = 7;
    const settings: Settings = {
      ...newStageSettings,
      instruments: {
        'chat-prime': {
          maximumPrice: '2.00',
          topUp: { policy: 'threshold', minimumUnits: 1, quantity: 2, limitPrice: '1.50' },
        },
        'code-prime': { paused: true },
      },
    };
    expect(statusView(factsUnder(settings), await read(), everything)).toMatchObject({
      settingsVersion: 7,
      instruments: [
        { symbol: 'chat-prime', maximumPrice: '2.00', policy: 'threshold', paused: false },
        { symbol: 'code-prime', maximumPrice: '3.00', policy: null, paused: true },
      ],
    });
  });

  it('says that the settings cannot be understood', async () => {
    store.control.mode = 'SETTINGS_UNUSABLE';
    expect(statusView(facts, await read(), everything)).toMatchObject({
      mode: 'SETTINGS_UNUSABLE',
      stoppedBy: 'SETTINGS_UNUSABLE',
    });
  });

  it('counts all open orders and shows those that the caller may see', async () => {
    for (const [orderId, principal, state] of [
      ['one', 'role/app', 'OPEN'],
      ['two', 'role/other', 'UNKNOWN'],
      ['three', 'role/app', 'CANCELLED'],
    ] as const) {
      await store.create(
        sampleOrder({ orderId, principal, state, version: 1, confirmed: false, exchangeOrderId: undefined }),
        store.control,
      );
    }
    const view = statusView(facts, await read(), { shows: ({ principal }) => principal === 'role/app' });
    expect(view).toMatchObject({ openOrderCount: 2, openOrders: [{ id: 'one' }] });
  });

  it('says who has stopped it, and why', async () => {
    store.control.breaker = {
      reason: 'stopped-by-caller',
      at: testEpoch,
      reference: 'role/on-call',
      note: 'a drill',
    };
    expect(statusView(facts, await read(), everything)).toMatchObject({
      stoppedBy: 'BREAKER',
      breaker: {
        reason: 'stopped-by-caller',
        since: '2026-11-23T12:00:00.000Z',
        reference: 'role/on-call',
        note: 'a drill',
      },
    });
  });

  it('says so where no check has read anything yet, instead of none', async () => {
    expect(statusView(facts, await readWith(undefined), everything)).toMatchObject({
      checkedAt: null,
      currency: [],
      instruments: [
        { usable: null, inTrading: null },
        { usable: null, inTrading: null },
      ],
    });
  });
});
