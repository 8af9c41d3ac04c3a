import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callsForPrices,
  type PolicyState,
  type TopUpExplanation,
  type TopUpObservation,
  type TopUpPolicy,
} from '../../../../shared/top-up/policy/contract.ts';
import {
  adaptivePolicy,
  priceAwarePolicy,
  thresholdPolicy,
} from '../../../../shared/top-up/policy/policies.ts';
import { tries } from '../../../support/thorough.ts';
import { day, minute, monday, observation, runAccount, stage } from './support/observations.ts';
import { randomNumbers, randomObservation, randomParameters } from './support/random-observations.ts';

const numRuns = tries(300, 5_000);
const reviews = 25;

const policies: Readonly<Record<string, (random: () => number) => TopUpPolicy>> = {
  adaptive: (random) => adaptivePolicy(randomParameters(random)),
  threshold: (random) => thresholdPolicy({ ...randomParameters(random), ...randomRule(random) }),
  'price-aware': (random) =>
    priceAwarePolicy({
      ...randomParameters(random),
      ...randomRule(random),
      dangerUnits: random() * 10,
      goodPriceQuantile: random(),
    }),
};

function randomRule(random: () => number) {
  return {
    minimumUnits: Math.floor(random() * 20),
    quantity: 1 + Math.floor(random() * 20),
    limitPrice: (0.01 + random() * 4).toFixed(2),
  };
}

/** An account that has slept at night since its applications report refusals: its levels are other ones. */
const asleep = runAccount({
  demand: (at) => (at % 1_440 > 600 && at % 1_440 < 660 ? 0.1 : 0),
  minutes: 4 * 1_440,
  hasWakeUp: true,
}).state;

type Prices = Pick<TopUpObservation, 'bestBid' | 'bestAsk'>;

const noPrices: Prices = { bestBid: null, bestAsk: null };
const price = fc.option(
  fc.integer({ min: 1, max: 900 }).map((cents) => (cents / 100).toFixed(2)),
  { freq: 8 },
);
const somePrices = fc.array(fc.record({ bestBid: price, bestAsk: price }), { minLength: 1, maxLength: 5 });

/** Takes a policy through observations that are told prices or none, from a state that it has or from none. */
const histories = fc.record({
  name: fc.constantFrom(...Object.keys(policies)),
  seed: fc.nat(),
  hasSlept: fc.boolean(),
});

type History = typeof histories extends fc.Arbitrary<infer Value> ? Value : never;

function follow(
  { name, seed, hasSlept }: History,
  look: (policy: TopUpPolicy, state: PolicyState | undefined, seen: TopUpObservation) => void,
): void {
  const random = randomNumbers(seed);
  const policy = policies[name]?.(random);
  if (policy === undefined) throw new Error(`There is no policy ${name}.`);
  const isAsleep = hasSlept && name === 'adaptive';
  let state: PolicyState | undefined = isAsleep ? asleep : undefined;
  let now = isAsleep ? asleep.at : monday;
  let figures: TopUpExplanation['figures'] = {};
  for (let review = 0; review < reviews; review += 1) {
    const seen = {
      ...(random() < 0.5 ? randomObservation(random, now) : nextMinute(random, now, figures)),
      ...(random() < 0.3 ? noPrices : {}),
    };
    look(policy, state, seen);
    const decided = policy.decide(state, seen);
    state = decided.state;
    figures = decided.explanation.figures;
    now = seen.now;
  }
}

/** A minute later, with a balance about one of the levels at which the last decision would have been another. */
function nextMinute(
  random: () => number,
  now: number,
  figures: TopUpExplanation['figures'],
): TopUpObservation {
  const levels = [figures['danger'], figures['reorderPoint'], figures['level'], figures['stock']];
  const level = levels[Math.floor(random() * levels.length)] ?? 1;
  const balance = Math.max(0, level + (random() - 0.5) * (random() < 0.5 ? 0.01 : 1));
  return { ...randomObservation(random, now), now: now + minute, balance: balance.toFixed(8), fills: [] };
}

describe('a policy that is asked without prices', () => {
  it('wants no less than with any: what does not call for prices is final', { timeout: 600_000 }, () => {
    const final: Record<string, number> = {};
    fc.assert(
      fc.property(histories, somePrices, (history, asked) => {
        follow(history, (policy, state, seen) => {
          const without = policy.decide(state, { ...seen, ...noPrices });
          if (callsForPrices(without)) return;
          final[policy.name] = (final[policy.name] ?? 0) + 1;
          for (const prices of asked) {
            const { orders, cancels, need } = policy.decide(state, { ...seen, ...prices });
            expect({ orders, cancels, need }).toEqual({ orders: [], cancels: [], need: without.need });
          }
        });
      }),
      { numRuns },
    );
    // Each of them is left in peace now and then.
    expect(Object.keys(final).toSorted()).toEqual(Object.keys(policies).toSorted());
  });

  it('does the same at any price where it does not depend on prices', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(histories, somePrices, (history, asked) => {
        follow(history, (policy, state, seen) => {
          const { orders, cancels, need, dependsOnPrices } = policy.decide(state, seen);
          if (dependsOnPrices) return;
          for (const prices of asked) {
            expect(policy.decide(state, { ...seen, ...prices })).toMatchObject({ orders, cancels, need });
          }
        });
      }),
      { numRuns },
    );
  });

  it('learns all the rest as it does with them', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(histories, somePrices, (history, [prices]) => {
        follow(history, (policy, state, seen) => {
          const withoutMarket = (told: Partial<Prices>) => {
            const left = policy.decide(state, { ...seen, ...told }).state;
            return { ...left, market: undefined, bucket: undefined, asks: undefined };
          };
          expect(withoutMarket(noPrices)).toEqual(withoutMarket(prices ?? {}));
        });
      }),
      { numRuns },
    );
  });
});

describe('the adaptive policy', () => {
  const { state } = runAccount({ demand: () => 0.2, minutes: 2 * 1_440 });
  const policy = adaptivePolicy({ ...stage, emergencyPrice: '5.00' });
  const decide = (changes: Partial<TopUpObservation>) =>
    policy.decide(state, observation({ now: monday + 2 * day, balance: '20', ...changes }));

  it('calls for prices when it would bid, when it is short and while an order of its own is open', () => {
    expect(callsForPrices(decide({ ...noPrices, balance: '60' }))).toBe(false);
    expect(decide({ ...noPrices })).toMatchObject({ orders: [], explanation: { reason: 'no-price' } });
    expect(callsForPrices(decide({ ...noPrices }))).toBe(true);
    expect(callsForPrices(decide({ ...noPrices, balance: '0.1' }))).toBe(true);
    const resting = {
      orderId: 'order-1',
      remaining: 1,
      limitPrice: '1.90',
      placedAt: monday + 2 * day - minute,
      purpose: 'patient',
    } as const;
    expect(callsForPrices(decide({ ...noPrices, balance: '60', openOrders: [resting] }))).toBe(true);
  });
});
