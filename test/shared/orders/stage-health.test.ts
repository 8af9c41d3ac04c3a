import { beforeEach, describe, expect, it } from 'vitest';
import type { Budget } from '../../../shared/ledger/budget.ts';
import type { ControlState } from '../../../shared/orders/control-port.ts';
import { readStageHealth } from '../../../shared/orders/stage-health.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { sampleOrder, usd } from '../../support/sample-order.ts';
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

const limits = { perOrder: usd('50'), perDay: usd('200'), perMonth: usd('2000'), ordersPerHour: 60n };
const quarterOfAnHour = 15 * 60_000;

let store: MemoryOrderStore;
let clock: VirtualClock;
let budgets: Record<string, Budget>;
let asked: string[];

beforeEach(() => {
  store = createMemoryOrderStore(limits);
  clock = createVirtualClock(Date.parse('2026-11-23T23:59:59.999Z'));
  budgets = {};
  asked = [];
});

const read = (control: ControlState = store.control) =>
  readStageHealth({
    store,
    clock,
    readControl: async () => control,
    readBudget: async (period) => {
      asked.push(period);
      return budgets[period];
    },
  });

describe('the health of a stage', () => {
  it('is good where nothing was ever ordered: whole budgets, a closed breaker', async () => {
    expect(await read()).toEqual({
      isBreakerOpen: false,
      unclearOrders: 0,
      unresolvedOrders: 0,
      budgets: {
        day: { cap: usd('200'), available: usd('200'), reserved: 0n, spent: 0n },
        month: { cap: usd('2000'), available: usd('2000'), reserved: 0n, spent: 0n },
      },
    });
  });

  it('looks at the budgets of the UTC day and month that it is', async () => {
    await read();
    clock.advance(1);
    await read();
    expect(asked).toEqual(['2026-11-23', '2026-11', '2026-11-24', '2026-11']);
  });

  it('measures a budget by the cap in force, not by that of its last order', async () => {
    budgets['2026-11-23'] = {
      cap: usd('500'),
      available: usd('350'),
      reserved: usd('50'),
      spent: usd('100'),
    };
    expect((await read()).budgets.day).toEqual({
      cap: usd('200'),
      available: usd('50'),
      reserved: usd('50'),
      spent: usd('100'),
    });
  });

  it('shows an open breaker', async () => {
    await store.breaker.open('order-orphan', 'g1a-x');
    expect(await read()).toMatchObject({ isBreakerOpen: true });
  });

  it.each([
    ['SUBMITTED', quarterOfAnHour + 1, 1],
    ['UNKNOWN', quarterOfAnHour + 1, 1],
    ['UNKNOWN', quarterOfAnHour, 0],
    ['OPEN', 10 * quarterOfAnHour, 0],
    ['PENDING', 10 * quarterOfAnHour, 0],
  ] as const)('of one order that has been %s for %i ms, %i is unclear', async (state, age, unclear) => {
    store.seed(sampleOrder({ state, createdAt: clock.now() - age, exchangeOrderId: undefined }));
    expect(await read()).toMatchObject({ unclearOrders: unclear });
  });

  it.each([
    ['UNKNOWN', 0, 1],
    ['SUBMITTED', 60_001, 1],
    ['SUBMITTED', 60_000, 0],
    ['OPEN', 10 * quarterOfAnHour, 0],
    ['PENDING', 10 * quarterOfAnHour, 0],
  ] as const)('of one order that has been %s for %i ms, %i is unresolved', async (state, age, unresolved) => {
    store.seed(sampleOrder({ state, createdAt: clock.now() - age, exchangeOrderId: undefined }));
    expect(await read()).toMatchObject({ unresolvedOrders: unresolved });
  });
});
