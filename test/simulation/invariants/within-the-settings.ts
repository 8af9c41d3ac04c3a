import { limitsInForce } from '../../../shared/settings/in-force.ts';
import { isAdoption } from '../world/facts.ts';
import { limitsUnder } from '../world/limits-under.ts';
import type { Invariant } from './invariant.ts';

/** Whenever they have changed: no order is recorded by what was read before. */
export const withinTheSettings: Invariant = {
  number: 'I14',
  sentence:
    'An order is recorded only if it is within the settings of that moment: of an instrument that is not paused, at no more than its maximum price, and for no more than an order may cost. What a restored table takes up was within those of its time.',
  atWrite: (world, write) => {
    const { store, scenario } = world;
    const { before, after } = write;
    if (isAdoption(world, write)) return undefined;
    const instrument = scenario.instruments.find(({ limits }) => limits.symbol === after.instrument);
    if (before !== undefined || instrument === undefined) return undefined;
    const limits = limitsUnder(instrument.limits, store.settings);
    const { perOrder } = limitsInForce(scenario.limits, store.settings);
    if (limits.isPaused) return `${after.orderId} was recorded while its instrument was paused`;
    if (after.limitPrice > limits.maximumPrice) return `${after.orderId} bids ${after.limitPrice}`;
    return after.reserved > perOrder ? `${after.orderId} may cost ${after.reserved}` : undefined;
  },
};
