import type { InstrumentConfiguration } from '../../shared/configuration/instruments.ts';
import { parseDecimal, type Usd } from '../../shared/ledger/decimal.ts';

/** What the tests may buy, and for how much. */
export interface Terms {
  readonly symbol: string;
  readonly marketId: string;
  /** The most that a Unit may cost; a bid at this price is meant to be filled. */
  readonly maximumPrice: Usd;
  /** The least that can be bid: such an order is meant to rest until it is cancelled. */
  readonly lowestPrice: Usd;
  readonly feeBasisPoints: bigint;
}

export function termsOf(instrument: InstrumentConfiguration): Terms {
  const tick = parseDecimal(instrument.priceTick) ?? 0n;
  return {
    symbol: instrument.symbol,
    marketId: instrument.marketId,
    maximumPrice: parseDecimal(instrument.maximumPrice) ?? 0n,
    lowestPrice: tick > 0n ? tick : 1_000_000n,
    feeBasisPoints: BigInt(instrument.feeBasisPoints),
  };
}

/** What one Unit at this price costs at most, the fee included; rounded up. */
export function costOf(price: Usd, { feeBasisPoints }: Pick<Terms, 'feeBasisPoints'>): Usd {
  return price + (price * feeBasisPoints + 9_999n) / 10_000n;
}
