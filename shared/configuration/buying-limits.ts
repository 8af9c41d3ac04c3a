import { parseDecimal, type Usd } from '../ledger/decimal.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import type { ToppedUpInstrument } from '../top-up/check-balances.ts';
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

/** The top-up of an instrument in exact numbers; undefined if it is bought only through the API. */
export function topUpOf(instrument: InstrumentConfiguration): ToppedUpInstrument | undefined {
  const { topUp } = instrument;
  if (topUp === undefined) return undefined;
  return {
    limits: buyingLimitsOf(instrument),
    rule: { minimumUnits: BigInt(topUp.minimumUnits), quantity: BigInt(topUp.quantity) },
    limitPrice: usd(topUp.limitPrice),
    moveFromTrading: instrument.moveFromTrading,
  };
}

/** The schema has checked the form. */
function usd(text: string): Usd {
  return parseDecimal(text) ?? 0n;
}
