import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followLots } from '../../../local/report/follow-lots.ts';
import { summarize } from '../../../local/report/summarize.ts';
import { decimalScale, parseDecimal } from '../../../shared/ledger/decimal.ts';
import { collectedOf, type SimulatedAccount, simulateAccount } from './simulated-account.ts';

const from = Date.parse('2026-11-23T00:00:00Z');
const minutes = 700;

/** Use that goes on and off, purchases that are filled at once or later, checks that are left out now and then. */
const plans = fc.record({
  /** In 10⁻⁸ Units. */
  rate: fc.bigInt({ min: 0n, max: 3n * decimalScale }),
  cycle: fc.integer({ min: 20, max: 400 }),
  shareOn: fc.double({ min: 0.1, max: 1, noNaN: true }),
  level: fc.integer({ min: 1, max: 30 }),
  size: fc.integer({ min: 1, max: 40 }),
  longestRest: fc.integer({ min: 0, max: 20 }),
  silentEvery: fc.integer({ min: 2, max: 60 }),
  until: fc.integer({ min: 60, max: minutes }),
});

/** An arrival that is hidden by the end of a lot, and the next one that is hidden by what the first is taken for. */
const hiddenTwice: Plan = {
  rate: 0n,
  cycle: 20,
  shareOn: 0.1,
  level: 14,
  size: 9,
  longestRest: 12,
  silentEvery: 2,
  until: 316,
};

type Plan = typeof plans extends fc.Arbitrary<infer Value> ? Value : never;

function simulated(plan: Plan): SimulatedAccount {
  const { rate, cycle, shareOn, level, size, longestRest, silentEvery, until } = plan;
  let pendingUntil = -1;
  return simulateAccount({
    from,
    minutes,
    demand: (minute) => (minute % cycle < cycle * shareOn ? rate : 0n),
    order: (minute, usable) => {
      if (minute >= until || minute <= pendingUntil || usable >= BigInt(level) * decimalScale) return 0;
      pendingUntil = minute + longestRest;
      return 1 + ((minute * 7) % size);
    },
    rests: (minute) => (longestRest === 0 ? 0 : (minute * 13) % longestRest),
    ask: (minute) => 200_000_000n + BigInt(minute % 7) * 1_000_000n,
    isSilent: (minute) => minute > 0 && minute % silentEvery === 0,
  });
}

describe('what was bought', () => {
  it('was used, has expired, is held or on its way: to the last 10⁻⁸', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const account = simulated(plan);
        const { truth } = account;
        const { instruments } = summarize(collectedOf(account, from, minutes));
        const stock = instruments[0]?.stock;
        if (stock === undefined) throw new Error('There are checks.');
        expect(stock.heldBefore + stock.arrived + stock.appeared).toBe(
          stock.used + stock.expired + stock.heldAfter,
        );
        // Nothing came that nobody bought.
        expect(stock.appeared).toBe(0n);
        expect(stock.heldAfter).toBe(truth.held);
        expect(stock.used + stock.expired + stock.heldAfter + stock.onTheWay).toBe(truth.bought);
        expect(truth.bought).toBe(truth.used + truth.expired + truth.held);
      }),
      { numRuns: 200 },
    );
  });

  it('has not expired more than is said', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const account = simulated(plan);
        const { truth } = account;
        const stock = summarize(collectedOf(account, from, minutes)).instruments[0]?.stock;
        expect((stock?.expired ?? 0n) + (stock?.onTheWay ?? 0n)).toBeGreaterThanOrEqual(truth.expired);
      }),
      { numRuns: 200, examples: [[hiddenTwice]] },
    );
  });

  it('adds up over spans, and what was spent over days, to what the orders say', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const account = simulated(plan);
        const report = summarize(collectedOf(account, from, minutes));
        const spent = account.orders.reduce((all, order) => all + (parseDecimal(order.spent) ?? 0n), 0n);
        const [instrument] = report.instruments;
        expect(report.totals.spent).toBe(spent);
        expect(instrument?.totals.spent).toBe(spent);
        expect(report.days.reduce((all, day) => all + day.spent, 0n)).toBe(spent);
        expect(report.days.at(-1)?.spentInMonth).toBe(spent);
        const bought = (instrument?.spans ?? []).reduce((all, span) => all + span.bought, 0n);
        expect(bought * decimalScale).toBe(account.truth.bought);
        const used = (instrument?.spans ?? []).reduce((all, span) => all + span.used, 0n);
        expect(used).toBe(instrument?.stock?.used);
        const expired = (instrument?.spans ?? []).reduce((all, span) => all + span.expired, 0n);
        expect(expired).toBe(instrument?.stock?.expired);
      }),
      { numRuns: 50 },
    );
  });

  it('follows any balances at all without losing a Unit', () => {
    const amount = fc.bigInt({ min: 0n, max: 50n * decimalScale });
    const purchase = fc.record({
      units: fc.bigInt({ min: 0n, max: 20n }).map((units) => units * decimalScale),
      at: fc.integer({ min: -60, max: 500 }),
      takes: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 60 }), fc.array(purchase), (balances, bought) => {
        const readings = balances.map((usable, index) => ({ at: from + index * 9 * 60_000, usable }));
        const { moves, onTheWay } = followLots(
          readings,
          bought.map(({ units, at, takes }) => ({
            units,
            earliest: from + at * 60_000,
            latest: from + (at + takes) * 60_000,
          })),
        );
        expect(moves.length).toBe(Math.max(0, balances.length - 1));
        for (const move of moves) {
          const { before, after, arrived, appeared, used, expired } = move;
          expect(before + arrived + appeared).toBe(after + used + expired);
          expect([arrived, appeared, used, expired].every((part) => part >= 0n)).toBe(true);
        }
        const arrived = moves.reduce((all, move) => all + move.arrived, 0n);
        const all = bought.reduce((sum, { units }) => sum + units, 0n);
        expect(arrived + onTheWay).toBeLessThanOrEqual(all);
      }),
    );
  });
});
