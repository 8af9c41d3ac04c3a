import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMarketClock } from '../../../local/exchange/clock.ts';
import { type Amount, amount, multiply, ONE, smaller, wholeUnits } from '../../../local/exchange/decimal.ts';
import { Exchange } from '../../../local/exchange/exchange.ts';
import { isLive, type Order, type OrderRequest, remainingOf } from '../../../local/exchange/market/order.ts';
import { OrderBook } from '../../../local/exchange/market/order-book.ts';
import { defaultModes, type Modes } from '../../../local/exchange/modes.ts';
import { findMarket, type Market } from '../../../local/exchange/world.ts';

const START_USD = amount('500');
const SCRIPT = { kind: 'script' } as const;

function prime(): Market {
  const market = findMarket('chat-prime');
  if (market === undefined) throw new Error('no chat-prime');
  return market;
}

function createExchange(modes: Partial<Modes> = {}) {
  let wall = Date.UTC(2026, 2, 2, 9);
  const clock = createMarketClock({ mode: 'real' }, () => wall);
  const exchange = new Exchange({
    clock,
    modes: { ...defaultModes(), ...modes },
    seed: 7,
    startUsd: START_USD,
    sellersEnabled: false,
  });
  const passSeconds = (seconds: number) => {
    wall += seconds * 1000;
    exchange.advance();
  };
  return { exchange, engine: exchange.engine, passSeconds };
}

function request(change: Partial<OrderRequest> = {}): OrderRequest {
  return {
    market: prime(),
    side: 'buy',
    type: 'limit',
    quantity: wholeUnits(1),
    price: amount('2.50'),
    timeInForce: 'gtc',
    clientOrderId: null,
    autotransfer: false,
    origin: 'api',
    ...change,
  };
}

function placed(engine: Exchange['engine'], change: Partial<OrderRequest>): Order {
  const outcome = engine.place(request(change));
  if (!outcome.accepted) throw new Error(outcome.message);
  return outcome.value;
}

function offer(engine: Exchange['engine'], price: string, units: number): void {
  engine.arrive(prime(), SCRIPT, 'sell', amount(price), wholeUnits(units));
}

const price = fc.integer({ min: 1, max: 40 }).map((ticks) => BigInt(ticks) * amount('0.01') + amount('2'));
const units = fc.integer({ min: 1, max: 30 }).map(wholeUnits);
const side = fc.constantFrom('buy', 'sell');

/** One step of an arbitrary market day. */
const step = fc.oneof(
  fc.record({
    kind: fc.constant('place'),
    side,
    market: fc.boolean(),
    price,
    units,
    timeInForce: fc.constantFrom('gtc', 'ioc', 'fok', 'day'),
  }),
  fc.record({ kind: fc.constant('arrive'), side, price, units }),
  fc.record({ kind: fc.constant('cancel'), pick: fc.nat(50) }),
  fc.record({ kind: fc.constant('replace'), pick: fc.nat(50), price, units }),
  fc.record({ kind: fc.constant('fill'), pick: fc.nat(50), units }),
  fc.record({ kind: fc.constant('pass'), seconds: fc.integer({ min: 1, max: 9000 }) }),
  fc.record({ kind: fc.constant('transfer'), units }),
  fc.record({ kind: fc.constant('burn'), rate: fc.bigInt({ min: 0n, max: ONE / 3n }) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const anyModes = fc.record({
  transfer: fc.constantFrom('immediate', 'delayed', 'opt-in', 'sweep', 'off'),
  feeRate: fc.constantFrom(0n, amount('0.001'), amount('0.0333333')),
  cancelDelaySeconds: fc.constantFrom(0, 60),
}) satisfies fc.Arbitrary<Partial<Modes>>;

type Day = ReturnType<typeof createExchange>;

function perform({ exchange, engine, passSeconds }: Day, one: Step): void {
  // A live order where there is one: commands on others are refused and prove little.
  const live = engine.orders.all().filter(isLive);
  const orderAt = (pick: number) => live[pick % Math.max(1, live.length)]?.orderId ?? 'none';
  const { instrument } = prime();
  if (one.kind === 'place' && 'timeInForce' in one) {
    engine.place(
      request({
        side: one.side === 'buy' ? 'buy' : 'sell',
        type: one.market ? 'market' : 'limit',
        price: one.market ? null : one.price,
        quantity: one.units,
        timeInForce: one.timeInForce,
      }),
    );
  } else if ('side' in one) {
    engine.arrive(prime(), SCRIPT, one.side === 'buy' ? 'buy' : 'sell', one.price, one.units);
  } else if ('pick' in one && 'price' in one) {
    engine.replace(orderAt(one.pick), { price: one.price, quantity: one.units });
  } else if ('pick' in one && 'units' in one) engine.fillResting(orderAt(one.pick), one.units);
  else if ('pick' in one) engine.cancel(orderAt(one.pick));
  else if ('seconds' in one) passSeconds(one.seconds);
  else if ('rate' in one) exchange.accountsOf(instrument).application.setRate(one.rate);
  else exchange.transfers.request(instrument, one.units);
}

/** Checks the ledger against sums over orders and trades, not against its own totals. */
function checkLedger({ exchange, engine }: Day): void {
  const { usd } = exchange.balances();
  let paid: Amount = 0n;
  let bought: Amount = 0n;
  for (const trade of engine.trades()) {
    if (trade.buyOrderId !== null) {
      paid += trade.value + trade.buyFee;
      bought += trade.quantity;
    }
    if (trade.sellOrderId !== null) {
      paid -= trade.value - trade.sellFee;
      bought -= trade.quantity;
    }
  }
  expect(usd.available + usd.locked).toBe(START_USD - paid);
  const live = engine.orders.all().filter(isLive);
  const lockedUsd = live
    .filter((order) => order.side === 'buy')
    .map((order) => multiply(order.price ?? 0n, remainingOf(order)))
    .map(
      (value, index) => value + multiply(value, live.filter((o) => o.side === 'buy')[index]?.feeRate ?? 0n),
    )
    .reduce((sum, value) => sum + value, 0n);
  expect(usd.locked).toBe(lockedUsd);
  expect(usd.available >= 0n).toBe(true);
  for (const { instrument, trading, consumption } of exchange.balances().units) {
    if (instrument !== prime().instrument) continue;
    const lots = exchange.lots(instrument).reduce((sum, lot) => sum + lot.remaining, 0n);
    const here = trading.available + trading.locked + lots;
    expect(here + consumption.consumed + consumption.expired).toBe(bought);
    expect(trading.available >= 0n).toBe(true);
  }
  expect(exchange.isConserved()).toBe(true);
}

function checkBook({ engine }: Day): void {
  const book = engine.book(prime());
  const bid = book.best('buy');
  const ask = book.best('sell');
  if (bid !== null && ask !== null) expect(bid < ask).toBe(true);
  for (const order of engine.orders.all()) {
    const resting = [...book.orders('buy'), ...book.orders('sell')].filter(
      ({ maker }) => maker.kind === 'account' && maker.orderId === order.orderId,
    );
    expect(resting.map((one) => one.remaining)).toEqual(isLive(order) ? [remainingOf(order)] : []);
  }
}

describe('whatever happens in a market day', () => {
  it('no USD and no Unit appears or vanishes, and no book is crossed', () => {
    fc.assert(
      fc.property(anyModes, fc.array(step, { minLength: 20, maxLength: 60 }), (modes, steps) => {
        const day = createExchange(modes);
        for (const one of steps) {
          perform(day, one);
          checkLedger(day);
          checkBook(day);
        }
      }),
      { numRuns: 400 },
    );
    expect.hasAssertions();
  });
});

describe('price-time priority', () => {
  const resting = fc.array(fc.record({ price, units }), { maxLength: 12 });

  it('serves an arriving buy from the cheapest ask, the earliest first, at the resting price', () => {
    fc.assert(
      fc.property(resting, price, units, (asks, limit, wanted) => {
        const book = new OrderBook();
        for (const ask of asks) book.rest('sell', SCRIPT, ask.price, ask.units);
        // The naive model: a stable sort by price keeps the sequence of arrival among equals.
        const model = asks
          .filter((ask) => ask.price <= limit)
          .toSorted((left, right) => Number(left.price - right.price));
        const expected: [Amount, Amount][] = [];
        let left = wanted;
        for (const ask of model) {
          const taken = smaller(ask.units, left);
          if (taken > 0n) expected.push([ask.price, taken]);
          left -= taken;
        }
        const matches = book.plan('buy', wanted, limit);
        expect(matches.map((match) => [match.price, match.quantity])).toEqual(expected);
      }),
    );
    expect.hasAssertions();
  });

  it('serves resting buys from the highest bid, the earliest first', () => {
    const { engine } = createExchange();
    const low = placed(engine, { price: amount('1.90'), quantity: wholeUnits(2) });
    const first = placed(engine, { price: amount('2.00'), quantity: wholeUnits(2) });
    const second = placed(engine, { price: amount('2.00'), quantity: wholeUnits(2) });
    offer(engine, '1.80', 3);
    expect([low, first, second].map((order) => order.filled / ONE)).toEqual([0n, 2n, 1n]);
    expect(engine.trades().map((trade) => trade.price)).toEqual([amount('2.00'), amount('2.00')]);
  });
});

describe('a limit buy', () => {
  it('fills over several levels and makers, one trade for each match, and gets the difference back', () => {
    const { exchange, engine } = createExchange();
    offer(engine, '2.00', 2);
    offer(engine, '2.00', 1);
    offer(engine, '2.10', 5);
    const order = placed(engine, { quantity: wholeUnits(4) });
    expect(engine.trades().map((trade) => [trade.price, trade.quantity / ONE])).toEqual([
      [amount('2.00'), 2n],
      [amount('2.00'), 1n],
      [amount('2.10'), 1n],
    ]);
    expect([order.status, order.value]).toEqual(['filled', amount('8.10')]);
    expect(exchange.balances().usd).toMatchObject({ available: amount('491.90'), locked: 0n });
  });

  it('rests with what remains, and is filled when asks arrive later', () => {
    const { exchange, engine } = createExchange();
    offer(engine, '2.40', 1);
    const order = placed(engine, { quantity: wholeUnits(3) });
    expect([order.status, order.filled]).toEqual(['partially_filled', ONE]);
    expect(exchange.balances().usd.locked).toBe(amount('5.00'));
    offer(engine, '2.60', 9);
    expect(order.filled).toBe(ONE);
    offer(engine, '2.30', 9);
    expect([order.status, order.value]).toEqual(['filled', amount('7.40')]);
    expect(engine.book(prime()).best('sell')).toBe(amount('2.30'));
  });

  it('locks its limit and the fee, pays the fee for each trade, and gives all back on cancel', () => {
    const { exchange, engine } = createExchange({ feeRate: amount('0.01') });
    const order = placed(engine, { quantity: wholeUnits(2) });
    expect(exchange.balances().usd).toMatchObject({ locked: amount('5.05'), available: amount('494.95') });
    offer(engine, '2.00', 1);
    expect(exchange.balances().usd).toMatchObject({ locked: amount('2.525'), fees: amount('0.025') });
    engine.cancel(order.orderId);
    expect(exchange.balances().usd).toMatchObject({ locked: 0n, available: amount('497.475') });
  });

  it('with a day life expires at the end of the UTC day', () => {
    const { exchange, engine, passSeconds } = createExchange();
    const order = placed(engine, { timeInForce: 'day' });
    passSeconds(15 * 3600 - 1);
    expect(order.status).toBe('resting');
    passSeconds(1);
    expect([order.status, exchange.balances().usd.locked]).toEqual(['expired', 0n]);
  });
});

describe('orders that never rest', () => {
  it.each([
    ['market', { type: 'market', price: null }, 'closed', 'insufficient_liquidity', 2n],
    ['immediate-or-cancel', { timeInForce: 'ioc' }, 'cancelled', 'ioc_remainder', 2n],
    ['fill-or-kill', { timeInForce: 'fok' }, 'cancelled', 'fok_not_filled', 0n],
  ] as const)(
    '%s: the part that found no ask is closed with its reason',
    (_, change, status, reason, filled) => {
      const { exchange, engine } = createExchange();
      offer(engine, '2.00', 2);
      const order = placed(engine, { quantity: wholeUnits(5), ...change });
      expect(order).toMatchObject({ status, closureReason: reason, filled: filled * ONE });
      expect(exchange.balances().usd.locked).toBe(0n);
      expect(engine.book(prime()).best('buy')).toBeNull();
    },
  );

  it('a market order on an empty book is accepted, closed, and costs nothing', () => {
    const { exchange, engine } = createExchange();
    const order = placed(engine, { type: 'market', price: null });
    expect(order).toMatchObject({ status: 'closed', filled: 0n });
    expect(exchange.balances().usd.available).toBe(START_USD);
  });

  it('a fill-or-kill order that can be filled whole is', () => {
    const { engine } = createExchange();
    offer(engine, '2.00', 2);
    expect(placed(engine, { timeInForce: 'fok', quantity: wholeUnits(2) }).status).toBe('filled');
  });

  it('a market order that costs more than the account holds is refused whole', () => {
    const { engine } = createExchange();
    offer(engine, '300.00', 2);
    const outcome = engine.place(request({ type: 'market', price: null, quantity: wholeUnits(2) }));
    expect(outcome).toMatchObject({ accepted: false, reason: 'insufficient_funds' });
    expect(engine.trades()).toEqual([]);
  });
});

describe('a cancel that takes time', () => {
  it('lets the order be filled until it is carried out', () => {
    const { engine, passSeconds } = createExchange({ cancelDelaySeconds: 5 });
    const order = placed(engine, { quantity: wholeUnits(3) });
    engine.cancel(order.orderId);
    offer(engine, '2.00', 1);
    expect(order).toMatchObject({ status: 'cancellation_pending', filled: ONE });
    passSeconds(5);
    expect(order).toMatchObject({ status: 'cancelled', filled: ONE, locked: 0n });
  });
});
