import { decideTopUp } from '../../../shared/top-up/policy/decide.ts';
import {
  decideFixedThreshold,
  type FixedThresholdParameters,
  type FixedThresholdState,
} from '../../../shared/top-up/policy/fixed-threshold.ts';
import type { BuyingBounds, TopUpParameters } from '../../../shared/top-up/policy/parameters.ts';
import {
  decidePriceAware,
  type PriceAwareParameters,
  type PriceAwareState,
} from '../../../shared/top-up/policy/price-aware.ts';
import type { TopUpState } from '../../../shared/top-up/policy/state.ts';
import type { Conditions } from '../simulate/conditions.ts';
import type { Buyer } from './buyer.ts';
import { usdToCents } from './notation.ts';
import type { Policy } from './policy.ts';
import { type Decide, productionBuyer } from './production-buyer.ts';

/** What a stage would say about the backtest's market. The emergency price lets a policy through a spike when it runs dry. */
export const bounds = {
  maximumPrice: '2.50',
  emergencyPrice: '5.00',
  maximumQuantity: 1000,
  priceTick: '0.01',
  feeBasisPoints: 0,
} as const satisfies BuyingBounds;

/** Cents. */
export const highestPrice = usdToCents(bounds.emergencyPrice) ?? 0;

/** The adaptive policy with its defaults, or a variant of it. */
export function adaptivePolicy(
  title: string,
  settings: Omit<Partial<TopUpParameters>, keyof BuyingBounds> = {},
): Policy {
  return {
    title,
    isVariant: Object.keys(settings).length > 0,
    startBuyer: ({ reviewEvery, endingReviews }) =>
      productionBuyer<TopUpState>(
        (state, observation) =>
          decideTopUp({ ...bounds, reviewMinutes: reviewEvery, ...settings }, state, observation),
        highestPrice,
        endingReviews,
      ),
  };
}

/** The exchange's own rule under the same bounds, with the figures of its script; no emergency price. */
const fixedThreshold: FixedThresholdParameters = {
  maximumPrice: bounds.maximumPrice,
  maximumQuantity: bounds.maximumQuantity,
  priceTick: bounds.priceTick,
  feeBasisPoints: bounds.feeBasisPoints,
  minimumUnits: 5,
  quantity: 10,
  limitPrice: '2.50',
};

const priceAware: PriceAwareParameters = { ...fixedThreshold, dangerUnits: 2 };

export const thresholdPolicy: Policy = {
  title: 'fixed threshold done right: buys 10 at 2.50 when fewer than 5 are there or ordered',
  startBuyer: (conditions) =>
    simpleBuyer<FixedThresholdState>(conditions, (...seen) => decideFixedThreshold(fixedThreshold, ...seen)),
};

export const priceAwarePolicy: Policy = {
  title: 'the same, waiting for a good price while at least 2 are there',
  startBuyer: (conditions) =>
    simpleBuyer<PriceAwareState>(conditions, (...seen) => decidePriceAware(priceAware, ...seen)),
};

function simpleBuyer<State>({ endingReviews }: Conditions, decide: Decide<State>): Buyer {
  return productionBuyer(decide, usdToCents(fixedThreshold.limitPrice) ?? 0, endingReviews);
}
