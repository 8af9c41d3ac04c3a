import type { Usd } from '../ledger/decimal.ts';

/** What may be bought of one instrument, whoever asks. */
export interface BuyingLimits {
  readonly symbol: string;
  readonly marketId: string;
  /** The exchange's id of the instrument; looked up from the market when undefined. */
  readonly instrumentId: string | undefined;
  /** USD per Unit. */
  readonly maximumPrice: Usd;
  /** Whole Units per order. */
  readonly maximumQuantity: bigint;
  /** Prices are multiples of this. USD. */
  readonly priceTick: Usd;
  readonly slippageBasisPoints: bigint;
  /** Whether market orders are sent as such, without any bound on the price, where client order ids are shown. */
  readonly nativeMarketOrders: boolean;
  /** What is set aside for fees until the real ones are known. */
  readonly feeBasisPoints: bigint;
  /** Whether an administrator has stopped the buying of this instrument. */
  readonly isPaused: boolean;
}
