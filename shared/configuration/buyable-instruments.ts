import * as v from 'valibot';

/** A positive amount in USD as a decimal string with at most 8 decimals, such as `"2.50"`. */
export const positiveUsd = v.pipe(
  v.string('must be a decimal string such as "2.50"'),
  v.regex(/^(0|[1-9]\d{0,11})(\.\d{1,8})?$/, 'must be a decimal string such as "2.50"'),
  v.check((text) => /[1-9]/.test(text), 'must be greater than zero'),
);

/** So many whole Units, at least `minimum`. */
export const wholeUnits = (minimum: number) =>
  v.pipe(
    v.number('must be a number'),
    v.safeInteger('must be a whole number of Units'),
    v.minValue(minimum, `must be at least ${minimum}`),
    v.maxValue(10_000, 'must be at most 10000, the largest order the exchange takes'),
  );

const basisPoints = v.pipe(
  v.number('must be a number'),
  v.safeInteger('must be a whole number of basis points'),
  v.minValue(0, 'must be at least 0'),
  v.maxValue(1_000, 'must be at most 1000 (10 %)'),
);

/** What of an instrument says how it is bought, whoever buys. */
export const buyingFields = {
  /** How callers name it, for example `chat-prime`. */
  symbol: v.pipe(
    v.string('must be a lower-case name such as "chat-prime"'),
    v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a lower-case name such as "chat-prime"'),
  ),
  /** The exchange's id of the market it is traded on. */
  marketId: v.pipe(
    v.string('must be a market id such as "market_788dcbd5-…"'),
    v.regex(/^[A-Za-z0-9_-]{1,80}$/, 'must be a market id such as "market_788dcbd5-…"'),
  ),
  /** The exchange's id of the instrument. Looked up from the market when absent. */
  instrumentId: v.optional(
    v.pipe(
      v.string('must be an instrument id'),
      v.regex(/^[A-Za-z0-9_-]{1,80}$/, 'must be an instrument id'),
    ),
  ),
  /** The most any order may bid for a Unit. USD. */
  maximumPrice: positiveUsd,
  /** The most Units that one order may buy. */
  maximumQuantity: wholeUnits(1),
  /** Prices are multiples of this. The exchange does not publish its tick; its examples use cents. USD. */
  priceTick: v.optional(positiveUsd, '0.01'),
  /** How far above the worst level it needs a market order may bid, in hundredths of a percent. */
  slippageBasisPoints: v.optional(basisPoints, 100),
  /** What is set aside for the exchange's fee, whose schedule is not published, in hundredths of a percent. */
  feeBasisPoints: v.optional(basisPoints, 100),
  /**
   * Send market orders as such, without a limit. The exchange has no price cap on them, so an order can cost more than was
   * set aside; that stops all buying. Leave it off unless filling at any price matters more. Where the exchange does not show
   * client order ids (`showsClientOrderIds`) all orders keep a limit: they are told apart by their price.
   */
  nativeMarketOrders: v.optional(v.boolean('must be true or false'), false),
  /** An order that has rested at the exchange for so long is cancelled. Minutes. */
  maximumRestMinutes: v.optional(
    v.pipe(
      v.number('must be a number'),
      v.safeInteger('must be a whole number of minutes'),
      v.minValue(1, 'must be at least 1'),
      v.maxValue(43_200, 'must be at most 43200 (30 days)'),
    ),
    15,
  ),
};

/** A list of instruments, none of them twice. */
export function listOfInstruments<
  Schema extends v.GenericSchema<unknown, { symbol: string; marketId: string }>,
>(instrument: Schema) {
  return v.pipe(
    v.array(instrument),
    v.minLength(1, 'must name at least one instrument'),
    v.check((list) => new Set(list.map((one) => one.symbol)).size === list.length, 'names a symbol twice'),
    v.check((list) => new Set(list.map((one) => one.marketId)).size === list.length, 'names a market twice'),
  );
}

/**
 * The instruments of a stage, for functions that top up nothing. How that is done is checked where it is done and when the
 * stack is synthesized; here it only counts whether it is.
 */
export const buyableInstrumentsSchema = listOfInstruments(
  v.object({ ...buyingFields, topUp: v.optional(v.unknown()) }),
);

export type BuyableInstrument = v.InferOutput<typeof buyableInstrumentsSchema>[number];
