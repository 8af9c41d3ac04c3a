import { parseDecimal, type Usd } from '../ledger/decimal.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import { thresholdPolicy } from '../top-up/policy/threshold.ts';
import type { ToppedUpInstrument } from '../top-up/review-instrument.ts';
import type { InstrumentConfiguration } from './instruments.ts';

/** The limits of an instrument in exact numbers. */
export function buyingLimitsOf(instrument: InstrumentConfiguration): BuyingLimits {
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
  };
}

/**
 * The top-up of an instrument in exact numbers; undefined if it is bought only through the API.
 *
 * @param balanceLagSeconds as configured for the exchange
 */
export function topUpOf(
  instrument: InstrumentConfiguration,
  balanceLagSeconds: number,
): ToppedUpInstrument | undefined {
  const { topUp } = instrument;
  if (topUp === undefined) return undefined;
  const limits = buyingLimitsOf(instrument);
  const limitPrice = usd(topUp.limitPrice);
  const { feeBasisPoints } = limits;
  const policy = thresholdPolicy({
    minimumUnits: BigInt(topUp.minimumUnits),
    quantity: BigInt(topUp.quantity),
    limitPrice,
    feeBasisPoints,
  });
  return {
    limits,
    policy,
    highestPrice: limitPrice,
    balanceLagMs: balanceLagSeconds * 1_000,
    moveFromTrading: instrument.moveFromTrading,
  };
}

/** The schema has checked the form. */
function usd(text: string): Usd {
  return parseDecimal(text) ?? 0n;
}
