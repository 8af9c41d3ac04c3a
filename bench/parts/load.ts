import { type LocalService, startLocalService } from '../../local/service/start-local-service.ts';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { type Books, chargedTo, moneyOf, readBooks } from '../../test/support/books.ts';
import { percentile } from '../measure/median.ts';
import type { Part } from '../part.ts';
import type { Column, Goal, PartReport } from '../report/report.ts';

const callers = 50;
const loadMs = 60_000;
/** Checks until everything is settled. */
const checksAfterwards = 5;
const limits = { perOrder: '50.00', perDay: '1000000.00', perMonth: '1000000.00', ordersPerHour: 1_000_000 };
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
      for (let check = 0; check < checksAfterwards; check += 1) await service.stack.fireSchedule();
      return report(calls, faultsIn(await readBooks(service.stack), service, calls));
    } finally {
      await service.close();
    }
  },
};

interface Call {
  readonly status: number;
  readonly wallMs: number;
}

async function callForAWhile({ api }: LocalService): Promise<readonly Call[]> {
  const calls: Call[] = [];
  const endsAt = performance.now() + loadMs;
  let next = 0;
  const call = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      next += 1;
      const startedAt = performance.now();
      const { status } = await api.placeOrder(`bench-load-${String(next).padStart(8, '0')}`, order);
      calls.push({ status, wallMs: performance.now() - startedAt });
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return calls;
}

/** What does not agree between the answers, the records, the budgets and the exchange's own books. */
function faultsIn(books: Books, { exchange }: LocalService, calls: readonly Call[]): number {
  const truth = exchange.admin.truth();
  const placed = calls.filter(({ status }) => status === 201).length;
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
    Math.abs(byCallers.length - placed),
    unmatched.length,
    inexact.length,
  ].reduce((sum, faults) => sum + faults, 0);
}

function report(calls: readonly Call[], faults: number): PartReport {
  const walls = calls.map(({ wallMs }) => wallMs);
  const errors = calls.filter(({ status }) => status !== 201).length;
  const row = {
    name: `${callers} callers`,
    orders: calls.length - errors,
    rate: (calls.length - errors) / (loadMs / 1_000),
    p50: percentile(walls, 50),
    p99: percentile(walls, 99),
    errors,
    faults,
  };
  const goals: Goal[] = [
    { name: 'calls that were not answered with an order', limit: 0, measured: errors },
    { name: 'disagreements of answers, records, budgets and the exchange', limit: 0, measured: faults },
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
  { key: 'errors', head: 'errors', meaning: 'answers other than 201' },
  { key: 'faults', head: 'faults', meaning: 'where answers, records, budgets and the exchange do not agree' },
];
