import { parseDecimal, type Usd } from '../ledger/decimal.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import { adaptivePolicy, priceAwarePolicy, thresholdPolicy } from '../top-up/policy/policies.ts';
import type { ToppedUpInstrument } from '../top-up/review-instrument.ts';
import type { BuyableInstrument } from './buyable-instruments.ts';
import type { InstrumentConfiguration } from './instruments.ts';

/** The settings may pause an instrument; a configuration does not. */
interface Pausable {
  readonly isPaused?: boolean;
}

/** The limits of an instrument in exact numbers. */
export function buyingLimitsOf(instrument: BuyableInstrument & Pausable): BuyingLimits {
  return {
    symbol: instrument.symbol,
    marketId: instrument.marketId,
    instrumentId: instrument.instrumentId,
    maximumPrice: usd(instrument.maximumPrice),
    maximumQuantity: BigInt(instrument.maximumQuantity),
    priceTick: usd(instrument.priceTick),
    slippageBasisPoints: BigInt(instrument.slippageBasisPoints),
    feeBasisPoints: BigInt(instrument.feeBasisPoints),
    nativeMarketOrders: instrument.nativeMarketOrders,
    isPaused: instrument.isPaused ?? false,
  };
}

/**
 * The top-up of an instrument in exact numbers; undefined if it is bought only through the API.
 *
 * @param balanceLagSeconds as configured for the exchange
 */
export function topUpOf(
  instrument: InstrumentConfiguration & Pausable,
  balanceLagSeconds: number,
): ToppedUpInstrument | undefined {
  const { topUp } = instrument;
  if (topUp === undefined) return undefined;
  const limits = buyingLimitsOf(instrument);
  const usual = { limits, moveFromTrading: instrument.moveFromTrading };
  const balanceLagMs = balanceLagSeconds * 1_000;
  const { maximumPrice, maximumQuantity, priceTick, feeBasisPoints } = instrument;
  const bounds = { maximumPrice, maximumQuantity, priceTick, feeBasisPoints };
  switch (topUp.policy) {
    case 'adaptive': {
      const highestPrice = usd(topUp.emergencyPrice ?? instrument.maximumPrice);
      // It finds out by itself how balances lag.
      return { ...usual, policy: adaptivePolicy({ ...topUp, ...bounds }), highestPrice, balanceLagMs: 0 };
    }
    case 'threshold':
      return {
        ...usual,
        policy: thresholdPolicy({ ...topUp, ...bounds }),
        highestPrice: usd(topUp.limitPrice),
        balanceLagMs,
      };
    case 'price-aware':
      return {
        ...usual,
        policy: priceAwarePolicy({ ...topUp, ...bounds }),
        highestPrice: usd(topUp.limitPrice),
        balanceLagMs,
      };
  }
}

/** The schema has checked the form. */
function usd(text: string): Usd {
  return parseDecimal(text) ?? 0n;
}
