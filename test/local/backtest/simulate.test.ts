import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsPerUnit, toUnits } from '../../../local/backtest/amounts.ts';
import { demandOf } from '../../../local/backtest/demand/demand.ts';
import { openMarket } from '../../../local/backtest/market/markets.ts';
import type { Reading } from '../../../local/backtest/policies/buyer.ts';
import { assertConservation } from '../../../local/backtest/simulate/conservation.ts';
import { newRecording } from '../../../local/backtest/simulate/recording.ts';
import { simulate } from '../../../local/backtest/simulate/simulate.ts';
import { buyerOf, quiet, runFor } from './support.ts';

/** Buys once. */
function buyAt(minute: number, units: number, limit = 200) {
  return buyerOf((reading, desk) => {
    if (reading.minute === minute && !reading.isWakeUp) desk.place(units, limit, true);
  });
}

/** Balances in Units by minute, as the buyer saw them. */
function readingsOf(conditions: Parameters<typeof runFor>[0]['conditions']): (minute: number) => Reading {
  const readings = new Map<number, Reading>();
  const buyer = buyerOf((reading, desk) => {
    readings.set(reading.minute, { ...reading, orders: [...reading.orders] });
    if (reading.minute === 1500) desk.place(3, 200, true);
  });
  runFor({ buyer, demand: { 1510: 0.5 }, ...(conditions === undefined ? {} : { conditions }) });
  return (minute) => {
    const reading = readings.get(minute);
    if (reading === undefined) throw new Error(`There was no review in minute ${minute}.`);
    return reading;
  };
}

describe('a run', () => {
  it('counts what is bought, used, expired and refused', () => {
    const tally = runFor({ buyer: buyAt(1500, 3), demand: { 1500: 0.5, 1501: 1, 1739: 1, 1740: 0.25 } });
    expect(tally).toMatchObject({
      minutes: 4,
      bought: 3 * stepsPerUnit,
      spent: 600,
      used: 2.5 * stepsPerUnit,
      expired: 0.5 * stepsPerUnit,
      unserved: 0.25 * stepsPerUnit,
      outMinutes: 1,
      orders: 1,
      reviews: 1440,
      signedRequests: 1441,
    });
  });

  it('does not score the first day, but keeps what was bought in it', () => {
    const tally = runFor({ buyer: buyAt(1400, 3), demand: { 1000: 1, 1439: 1, 1440: 1 } });
    expect(tally).toMatchObject({ bought: 0, spent: 0, used: stepsPerUnit, unserved: 0, orders: 0 });
  });

  it('tells refusals that the price cap forbade to avoid from others', () => {
    const buyer = { ...buyAt(0, 1), highestPrice: 199 };
    expect(runFor({ buyer, demand: { 1500: 1, 1501: 1 } })).toMatchObject({
      outMinutes: 2,
      pricedOutMinutes: 2,
    });
    const payer = { ...buyAt(0, 1), highestPrice: 200 };
    expect(runFor({ buyer: payer, demand: { 1500: 1 } })).toMatchObject({
      outMinutes: 1,
      pricedOutMinutes: 0,
    });
  });

  it('tells a buyer of its fills at the next review that takes place', () => {
    const readingAt = readingsOf({ reviewEvery: 5 });
    expect(readingAt(1500).fills).toEqual([]);
    expect(readingAt(1505).fills).toEqual([{ minute: 1500, units: 3, price: 200 }]);
    expect(readingAt(1510).fills).toEqual([]);
  });
});

describe('what a buyer sees', () => {
  const unitsAt = (readingAt: (minute: number) => Reading) => (minute: number) =>
    toUnits(readingAt(minute).balance);

  it('is the truth, usually', () => {
    expect([1500, 1501, 1511, 1740].map(unitsAt(readingsOf({})))).toEqual([0, 3, 2.5, 0]);
  });

  it('is old if balances lag, while the Units are there', () => {
    expect([1501, 1510, 1511, 1520, 1521].map(unitsAt(readingsOf({ balanceLag: 10 })))).toEqual([
      0, 0, 3, 3, 2.5,
    ]);
  });

  it('is rounded down if balances are whole', () => {
    expect([1501, 1511].map(unitsAt(readingsOf({ wholeBalances: true })))).toEqual([3, 2]);
  });

  it('shows Units on their way if delivery takes time, and their four hours begin on arrival', () => {
    const readingAt = readingsOf({ deliveryDelay: 10 });
    const seen = (minute: number) => [
      toUnits(readingAt(minute).balance),
      toUnits(readingAt(minute).inTransit),
    ];
    expect([1501, 1509, 1510, 1749, 1750].map(seen)).toEqual([
      [0, 3],
      [0, 3],
      [3, 0],
      [2.5, 0],
      [0, 0],
    ]);
  });
});

describe('reviews', () => {
  function reviewsWith(conditions: Parameters<typeof runFor>[0]['conditions']) {
    const reviews: Reading[] = [];
    const buyer = buyerOf((reading) => void reviews.push({ ...reading }));
    runFor({ buyer, demand: { 1500: 1, 1501: 1 }, ...(conditions === undefined ? {} : { conditions }) });
    return reviews;
  }

  it('are made at once for a refused application, if it wakes the service', () => {
    const wakeUps = reviewsWith({ wakesUp: true }).filter(({ isWakeUp }) => isWakeUp);
    expect(wakeUps.map(({ minute, wasRefused }) => [minute, wasRefused])).toEqual([
      [1500, true],
      [1501, true],
    ]);
    expect(reviewsWith({}).some(({ isWakeUp, wasRefused }) => isWakeUp || wasRefused)).toBe(false);
  });

  it('are lost by chance, the same ones in every run', () => {
    const minutes = () => reviewsWith({ lostReviews: 0.1 }).map(({ minute }) => minute);
    expect(minutes().length).toBeGreaterThan(2880 * 0.87);
    expect(minutes().length).toBeLessThan(2880 * 0.93);
    expect(minutes()).toEqual(minutes());
  });

  it('stop for ten minutes of every third day', () => {
    const made = new Set<number>();
    const buyer = buyerOf(({ minute }) => void made.add(minute));
    const days = 6;
    const minutes = days * 1440;
    const demand = demandOf('none', new Float64Array(minutes));
    const book = openMarket('calm', 1, minutes);
    simulate({ demand, book, buyer, conditions: { ...quiet, hasOutages: true } });
    const lost = Array.from({ length: minutes }, (_, minute) => minute).filter((minute) => !made.has(minute));
    const lostOfDay = (day: number) => lost.filter((minute) => Math.floor(minute / 1440) === day).length;
    expect(Array.from({ length: days }, (_, day) => lostOfDay(day))).toEqual([0, 0, 10, 0, 0, 10]);
    expect((lost[9] ?? 0) - (lost[0] ?? 0)).toBe(9);
  });
});

describe('conservation', () => {
  it('holds for any demand, market, buyer and trouble', () => {
    const scenario = fc.record({
      demand: fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { minLength: 10, maxLength: 400 }),
      orders: fc.array(
        fc.record({ units: fc.integer({ min: 1, max: 30 }), limit: fc.integer({ min: 150, max: 260 }) }),
        {
          minLength: 1,
          maxLength: 10,
        },
      ),
      seed: fc.integer({ min: 1, max: 1000 }),
      deliveryDelay: fc.integer({ min: 0, max: 15 }),
      reviewEvery: fc.integer({ min: 1, max: 7 }),
      lostReviews: fc.double({ min: 0, max: 0.5, noNaN: true }),
      wakesUp: fc.boolean(),
    });
    fc.assert(
      fc.property(scenario, ({ demand, orders, seed, ...conditions }) => {
        const minutes = 1440 + 600;
        const recording = newRecording(minutes, 1);
        let reported = 0;
        let turn = 0;
        const tally = simulate({
          demand: demandOf(
            'any',
            Float64Array.from({ length: minutes }, (_, minute) => demand[minute % demand.length] ?? 0),
          ),
          book: openMarket('tight', seed, minutes),
          conditions: { ...quiet, ...conditions },
          recording,
          buyer: buyerOf((reading, desk) => {
            for (const { id } of [...reading.orders].slice(5)) desk.cancel(id);
            for (const fill of reading.fills) reported += fill.units * stepsPerUnit;
            turn += 1;
            const order = orders[turn % orders.length];
            if (order !== undefined && turn % 3 === 0) desk.place(order.units, order.limit, turn % 2 === 0);
          }),
        });
        // The run itself throws if Units appear or vanish. Minute by minute it must say the same as in sum.
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
        expect(tally.demand).toBe(tally.used + tally.unserved);
        expect(sum(recording.bought.subarray(1440))).toBe(tally.bought);
        expect(sum(recording.spent.subarray(1440))).toBe(tally.spent);
        expect(sum(recording.expired.subarray(1440))).toBe(tally.expired);
        expect(reported).toBeLessThanOrEqual(sum(recording.bought));
      }),
      { numRuns: 60 },
    );
  });

  it('is told when it is broken', () => {
    expect(() => assertConservation({ bought: 10, used: 5, expired: 2 }, 2)).toThrow(/10 steps were bought/);
    expect(() => assertConservation({ bought: 10, used: 5, expired: 2 }, 3)).not.toThrow();
  });
});
