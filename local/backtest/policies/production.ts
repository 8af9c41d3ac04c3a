import { decideTopUp } from '../../../shared/top-up/policy/decide.ts';
import type { BuyingBounds, TopUpParameters } from '../../../shared/top-up/policy/parameters.ts';
import type { TopUpState } from '../../../shared/top-up/policy/state.ts';
import { usdToCents } from './notation.ts';
import type { Policy } from './policy.ts';
import { productionBuyer } from './production-buyer.ts';

/** What a stage would say about the backtest's market. The emergency price lets a policy through a spike when it runs dry. */
const bounds: BuyingBounds = {
  maximumPrice: '2.50',
  emergencyPrice: '5.00',
  maximumQuantity: 1000,
  priceTick: '0.01',
  feeBasisPoints: 0,
};

const highestPrice = usdToCents(bounds.emergencyPrice ?? bounds.maximumPrice) ?? 0;

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
