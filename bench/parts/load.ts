import * as v from 'valibot';
import { type LocalService, startLocalService } from '../../local/service/start-local-service.ts';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { type Books, chargedTo, moneyOf, readBooks } from '../../test/support/books.ts';
import { percentile } from '../measure/median.ts';
import type { Part } from '../part.ts';
import type { Column, Goal, PartReport } from '../report/report.ts';

const callers = 50;
const loadMs = 60_000;
/** Each settles some hundred orders. */
const mostChecksAfterwards = 40;
const limits = { perOrder: '50.00', perDay: '1000000.00', perMonth: '1000000.00', ordersPerHour: 1_000_000 };
const checkSchema = v.object({ orders: v.array(v.unknown()) });
/** Placed, or placed by the call before. */
const ordered: ReadonlySet<number> = new Set([201, 200]);
const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '2.50' };

/** The whole local stack, called by many at once for a minute. */
export const load: Part = {
  name: 'load',
  title: `the local stack with ${callers} callers at once for ${loadMs / 1_000} s, and its ledger afterwards`,
  run: async ({ assemblyDirectory, onProgress }) => {
    const service = await startLocalService({
      assemblyDirectory: await assemblyDirectory(),
      engine: 'dynoxide',
      environment: { [environmentNames.spendingLimits]: JSON.stringify(limits) },
      exchange: { sellers: false, usd: '100000000', signatureLibrary: 'node' },
    });
    try {
      service.exchange.admin.setBook({
        market: 'chat-prime',
        asks: [{ price: '2.00', quantity: 1_000_000 }],
      });
      onProgress(`${callers} callers`);
      const calls = await callForAWhile(service);
      onProgress('settling');
      return report(calls, faultsIn(await settle(service), service));
    } finally {
      await service.close();
    }
  },
};

/** Checks balances until a check finds nothing more that is over. */
async function settle({ stack }: LocalService): Promise<Books> {
  for (let check = 1; check <= mostChecksAfterwards; check += 1) {
    const result = await stack.fireSchedule();
    const moved = result.ok ? v.parse(checkSchema, result.payload).orders.length : undefined;
    if (moved === 0) break;
  }
  return readBooks(stack);
}

interface Call {
  readonly status: number;
  readonly wallMs: number;
}

/**
 * Callers join one after the other, each when the one before it has had its first answer: here all functions start on the
 * same few processors, which Lambda gives each of them for itself. The minute begins when all have joined.
 */
async function callForAWhile({ api }: LocalService): Promise<readonly Call[]> {
  const calls: Call[] = [];
  let next = 0;
  let endsAt = Number.POSITIVE_INFINITY;
  const callOnce = async (): Promise<Call> => {
    next += 1;
    const startedAt = performance.now();
    const key = `bench-load-${String(next).padStart(8, '0')}`;
    const place = () => api.placeOrder(key, order);
    // As callers do whose kept connection is gone: once more with the same key, which buys once.
    const { status } = await place().catch(place);
    return { status, wallMs: performance.now() - startedAt };
  };
  const keepCalling = async (): Promise<void> => {
    while (performance.now() < endsAt) calls.push(await callOnce());
  };
  const joined: Promise<void>[] = [];
  for (let caller = 0; caller < callers; caller += 1) {
    calls.push(await callOnce());
    joined.push(keepCalling());
  }
  endsAt = performance.now() + loadMs;
  calls.length = 0;
  await Promise.all(joined);
  return calls;
}

/** What does not agree between the records, the budgets and the exchange's own books. */
function faultsIn(books: Books, { exchange }: LocalService): number {
  const truth = exchange.admin.truth();
  const byCallers = books.orders.filter(({ source }) => source === 'api');
  const unmatched = byCallers.filter(
    ({ orderId, exchangeOrderId, state }) =>
      truth.orders.byClientId[orderId]?.[0] !== exchangeOrderId || state !== 'FILLED',
  );
  const inexact = [...books.budgets].filter(([partition, budget]) => {
    const charged = chargedTo(partition, books);
    return budget.reserved !== moneyOf(charged, 'reserved') || budget.spent !== moneyOf(charged, 'spent');
  });
  return [
    truth.conserved ? 0 : 1,
    Object.keys(truth.orders.duplicates).length,
    Math.abs(byCallers.length - Object.keys(truth.orders.byClientId).length),
    unmatched.length,
    inexact.length,
  ].reduce((sum, faults) => sum + faults, 0);
}

function report(calls: readonly Call[], faults: number): PartReport {
  const walls = calls.map(({ wallMs }) => wallMs);
  const wrong = calls.map(({ status }) => status).filter((status) => !ordered.has(status));
  const errors = wrong.length;
  const row = {
    name: `${callers} callers`,
    orders: calls.length - errors,
    rate: (calls.length - errors) / (loadMs / 1_000),
    p50: percentile(walls, 50),
    p99: percentile(walls, 99),
    errors,
    statuses: [...new Set(wrong)].join(' ') || 'none',
    faults,
  };
  const goals: Goal[] = [
    { name: 'calls that were not answered with an order', limit: 0, measured: errors },
    { name: 'disagreements of records, budgets and the exchange', limit: 0, measured: faults },
  ];
  const title = `The local stack on this machine for ${loadMs / 1_000} s`;
  return { name: load.name, title: 'Load', tables: [{ title, columns, rows: [row] }], goals };
}

const columns: readonly Column[] = [
  { key: 'name', head: '', meaning: '' },
  { key: 'orders', head: 'orders', meaning: 'placed' },
  {
    key: 'rate',
    head: 'per s',
    meaning: 'everything, the exchange included, on the processors of this machine',
    places: 1,
  },
  { key: 'p50', head: 'p50', meaning: 'of a call, ms' },
  { key: 'p99', head: 'p99', meaning: 'of a call, ms' },
  { key: 'errors', head: 'errors', meaning: 'answers without an order' },
  { key: 'statuses', head: 'which', meaning: 'their statuses' },
  { key: 'faults', head: 'faults', meaning: 'where records, budgets and the exchange do not agree' },
];
