import * as v from 'valibot';
import { beforeAll, expect, it } from 'vitest';
import { MARKETS } from '../../local/exchange/world.ts';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { useLocalService } from '../support/local-service.ts';

const symbols = MARKETS.map(({ instrument }) => instrument.symbol);
const instruments = MARKETS.map(({ marketId, instrument }) => ({
  symbol: instrument.symbol,
  marketId,
  maximumPrice: '2.50',
  maximumQuantity: 100,
  topUp: { policy: 'threshold', minimumUnits: 5, quantity: 10, limitPrice: '2.50' },
}));
const underTest = useLocalService({
  environment: { [environmentNames.instruments]: JSON.stringify(instruments) },
});

/** Signed requests that the exchange has got meanwhile: their number, and the symbols of the markets whose books were read. */
async function requestsOf(work: () => Promise<unknown>) {
  const { admin } = underTest().service.exchange;
  const before = admin.truth().calls.requests;
  await work();
  const signed = admin.truth().calls.requests - before;
  const books = admin
    .requests({ newest: signed })
    .flatMap(({ path }) => MARKETS.filter(({ marketId }) => path.includes(`/markets/${marketId}/orderbook`)))
    .map(({ instrument }) => instrument.symbol);
  return { signed, books };
}

const statusAnswer = v.object({
  instruments: v.array(
    v.object({
      symbol: v.string(),
      decision: v.object({ time: v.string(), bestAsk: v.string(), bookReadAt: v.string() }),
    }),
  ),
});

async function decisionsNow() {
  const { body } = await underTest().service.api.get('/status');
  return v.parse(statusAnswer, body).instruments.map(({ symbol, decision }) => ({ symbol, ...decision }));
}

const minute = 60_000;
/** Of a schedule that fires with the minute. */
let lastFiring: number;

/** Whose turn it is at the last firing. */
function turnAt(everyMinutes: number): string {
  return symbols[Math.floor(lastFiring / (everyMinutes * minute)) % symbols.length] ?? '';
}

beforeAll(async () => {
  const { exchange, stack } = underTest().service;
  lastFiring = Math.floor(Date.now() / minute) * minute;
  for (const symbol of symbols) {
    exchange.admin.setBook({ market: symbol, asks: [{ price: '2.00', quantity: 500 }] });
    exchange.admin.grantUnits({ instrument: symbol, units: 50 });
  }
  // What is read once in the life of a process has been read.
  await stack.fireSchedule(undefined, new Date(lastFiring - 2 * minute + 1_000));
});

it('checks several instruments with five signed requests, and reads the book of each in turn', async () => {
  const { stack } = underTest().service;
  const checks = [];
  for (const minutes of [-2, -1, 0]) {
    const firing = new Date(lastFiring + minutes * minute);
    checks.push(await requestsOf(() => stack.fireSchedule(undefined, firing)));
  }
  for (const { signed } of checks) expect(signed).toBeLessThanOrEqual(5);
  expect(checks.map(({ books }) => books.length)).toEqual([1, 1, 1]);
  expect(checks.flatMap(({ books }) => books).toSorted()).toEqual(symbols.toSorted());
});

it('takes turns by the firings of the schedule, however far apart they are', async () => {
  const { stack } = underTest().service;
  const name = stack.functions.find(({ logicalId }) => logicalId.startsWith('CheckBalances'))?.name ?? '';
  for (const everyMinutes of [2, 7, 60]) {
    const scheduledTime = new Date(lastFiring).toISOString();
    const event = { scheduleArn: `every-${everyMinutes}-minutes`, scheduledTime, everyMinutes };
    const { books } = await requestsOf(() => stack.invoke(name, event));
    expect(books).toEqual([turnAt(everyMinutes)]);
  }
});

it('tells the price of each as it was last read, and when', async () => {
  const decisions = await decisionsNow();
  expect(decisions.map(({ symbol, bestAsk }) => [symbol, bestAsk])).toEqual(
    symbols.map((symbol) => [symbol, '2.00']),
  );
  const readNow = decisions.filter(({ time, bookReadAt }) => bookReadAt === time);
  expect(readNow).toHaveLength(1);
});

it('reads the book of one that has something to buy although it is not its turn', async () => {
  const { exchange, stack } = underTest().service;
  const turn = turnAt(1);
  const other = symbols.find((symbol) => symbol !== turn) ?? '';
  exchange.admin.setBook({ market: other, asks: [{ price: '2.10', quantity: 500 }] });
  exchange.admin.consumeUnits({ instrument: other, units: '48' });
  // A second after the last firing, which is still the same one's turn.
  const { books } = await requestsOf(() => stack.fireSchedule(undefined, new Date(lastFiring + 1_000)));
  expect(books.toSorted()).toEqual([turn, other].toSorted());
  const decided = (await decisionsNow()).find(({ symbol }) => symbol === other);
  expect(decided).toMatchObject({ bestAsk: '2.10', bookReadAt: decided?.time });
  expect(exchange.admin.orders().map(({ instrument }) => instrument)).toEqual([other]);
});
