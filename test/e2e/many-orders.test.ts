import * as v from 'valibot';
import { expect, it } from 'vitest';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { formatUsd, parseDecimal } from '../../shared/ledger/decimal.ts';
import { orderAnswer } from '../support/answers.ts';
import { chargedTo, moneyOf, readBooks } from '../support/books.ts';
import { useLocalService } from '../support/local-service.ts';
import { tries } from '../support/thorough.ts';

const keys = tries(100, 500);
const clients = 20;
/** Orders that there is room for. */
const room = (keys * 3) / 5;
/** Room for one of a Unit at 2.50 with 1 % for the fee. */
const mostCost = parseDecimal('2.525') ?? 0n;
const capPerDay = formatUsd(BigInt(room) * mostCost);
const limits = { perDay: capPerDay, perMonth: '100000.00', perOrder: '50.00', ordersPerHour: 100_000 };

/** The nasty exchange: it takes a second order with the same client order id, and answers badly. */
const underTest = useLocalService({
  modes: { clientOrderIds: 'accept' },
  environment: { [environmentNames.spendingLimits]: JSON.stringify(limits) },
});

it(`${keys} orders with repetitions from ${clients} clients: one each, caps exact, records equal to the exchange`, async () => {
  const { api, exchange, stack } = underTest().service;
  exchange.admin.setUsd({ available: '1000000' });
  exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 10_000 }] });
  for (const effect of [
    { kind: 'reset' },
    { kind: 'status', status: 502 },
    { kind: 'truncated' },
    { kind: 'html' },
  ] as const) {
    exchange.admin.addFault({
      endpoint: 'POST /orders',
      stage: 'after',
      when: { probability: 0.05 },
      effect,
    });
  }
  exchange.admin.addFault({
    endpoint: 'POST /orders',
    stage: 'before',
    when: { probability: 0.05 },
    effect: { kind: 'reset' },
  });

  const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '2.50' };
  const statuses = new Map<number, number>();
  const ids = new Map<string, Set<string>>();
  const work = Array.from({ length: keys * 2 }, (_, index) => `many-orders-key-${index % keys}`);
  async function runClient(): Promise<void> {
    for (let key = work.pop(); key !== undefined; key = work.pop()) {
      const { status, body } = await api.placeOrder(key, order);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const { success, output } = v.safeParse(orderAnswer, body);
      if (success) ids.set(key, (ids.get(key) ?? new Set()).add(output.id));
    }
  }
  await Promise.all(Array.from({ length: clients }, runClient));
  exchange.admin.clearFaults();
  for (let round = 0; round < 20; round += 1) await stack.fireSchedule();

  expect([...statuses.keys()].every((status) => [200, 201, 202, 402, 503].includes(status))).toBe(true);
  expect([...ids.values()].every((one) => one.size === 1)).toBe(true);
  const truth = exchange.admin.truth();
  expect(truth.orders.duplicates).toEqual({});
  expect(Math.max(...Object.values(truth.calls.orderPostsByClientId))).toBe(1);
  expect(truth.conserved).toBe(true);

  const books = await readBooks(stack);
  const { orders, budgets } = books;
  const byCallers = orders.filter(({ source }) => source === 'api');
  expect(ids.size).toBe(byCallers.length);
  for (const record of byCallers) {
    const [exchangeOrderId] = truth.orders.byClientId[record.orderId] ?? [];
    expect(record.exchangeOrderId).toBe(exchangeOrderId);
    expect(record.state).toBe(exchangeOrderId === undefined ? 'UNKNOWN' : 'FILLED');
  }
  for (const [partition, budget] of budgets) {
    const charged = chargedTo(partition, books);
    expect(budget.reserved).toBe(moneyOf(charged, 'reserved'));
    expect(budget.spent).toBe(moneyOf(charged, 'spent'));
    expect(budget.available + budget.reserved + budget.spent).toBe(budget.cap);
    expect(budget.available >= 0n).toBe(true);
  }
  // The cap let some through and stopped others.
  expect(byCallers.length).toBeGreaterThanOrEqual((room * 5) / 6);
  expect(statuses.get(402)).toBeGreaterThan(0);
}, 180_000);
