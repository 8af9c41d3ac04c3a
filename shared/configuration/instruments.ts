import * as v from 'valibot';
import { parseDecimal } from '../ledger/decimal.ts';
import {
  type PresetName,
  presets,
  type SettingDescription,
  type SettingName,
  settingDescriptions,
} from '../top-up/policy/parameters.ts';

/** A positive amount in USD as a decimal string with at most 8 decimals, such as `"2.50"`. */
const positiveUsd = v.pipe(
  v.string('must be a decimal string such as "2.50"'),
  v.regex(/^(0|[1-9]\d{0,11})(\.\d{1,8})?$/, 'must be a decimal string such as "2.50"'),
  v.check((text) => /[1-9]/.test(text), 'must be greater than zero'),
);

const wholeUnits = (minimum: number) =>
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

/** A setting of the adaptive policy; its own default applies where it is absent. */
function setting({ minimum, maximum, unit }: SettingDescription) {
  const message = `must be a number from ${minimum} to ${maximum} (${unit})`;
  return v.exactOptional(
    v.pipe(v.number(message), v.finite(message), v.minValue(minimum, message), v.maxValue(maximum, message)),
  );
}

const adaptive = v.strictObject({
  /** Learns from use how much to hold, and bids for it. */
  policy: v.literal('adaptive'),
  /** `thrifty`, `balanced` (default) or `safe`: how much a refusal hurts against what waste costs. */
  preset: v.exactOptional(
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names of the presets
    v.picklist(Object.keys(presets) as [PresetName], `must be one of ${Object.keys(presets).join(', ')}`),
  ),
  /** The most to pay while stock is dangerously low. USD. Default: never more than the instrument's maximumPrice. */
  emergencyPrice: v.exactOptional(positiveUsd),
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a field for each setting
  ...(Object.fromEntries(
    Object.entries(settingDescriptions).map(([name, description]) => [name, setting(description)]),
  ) as Record<SettingName, ReturnType<typeof setting>>),
});

const thresholdFields = {
  /** Buy when fewer usable Units than this are left, open orders included. Units. */
  minimumUnits: wholeUnits(1),
  /** How many Units one top-up buys. */
  quantity: wholeUnits(1),
  /** The most a top-up pays for a Unit. USD. */
  limitPrice: positiveUsd,
};

const threshold = v.strictObject({
  /** A fixed minimum and a fixed quantity. */
  policy: v.literal('threshold'),
  ...thresholdFields,
});

const priceAware = v.strictObject({
  /** A fixed minimum and a fixed quantity, waiting for a good price while there is stock. */
  policy: v.literal('price-aware'),
  ...thresholdFields,
  /** Below so many Units it buys at any price up to limitPrice. */
  dangerUnits: v.pipe(v.number('must be a number'), v.minValue(0, 'must be at least 0')),
  /** An ask is good when at most this share of the last four hours' asks was lower. Default: 0.3. */
  goodPriceQuantile: v.exactOptional(
    v.pipe(
      v.number('must be a number'),
      v.minValue(0, 'must be at least 0'),
      v.maxValue(1, 'must be at most 1'),
    ),
  ),
});

/** How an instrument is topped up. */
const topUp = v.variant(
  'policy',
  [adaptive, threshold, priceAware],
  'must name a policy: "adaptive", "threshold" or "price-aware"',
);

const instrumentFields = v.strictObject({
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
  /**
   * Move bought Units from the trading account to consumption when fewer than `topUp.minimumUnits` are usable. Turn it on
   * where the account's mode leaves bought Units in the trading account and orders do not ask for a transfer themselves
   * (`requestAutotransfer`): a warning `units-wait-in-trading` says so. Units do not expire there, and only as many are
   * moved as are needed. Leave it off where the exchange moves them, or where a person sells them.
   */
  moveFromTrading: v.optional(v.boolean('must be true or false'), false),
  /** Automatic buying; without it the instrument is bought only through the API. */
  topUp: v.optional(topUp),
});

const instrument = v.pipe(
  instrumentFields,
  v.forward(
    v.check(
      ({ topUp: automatic, maximumQuantity }) => (fixed(automatic)?.quantity ?? 0) <= maximumQuantity,
      'must be at most maximumQuantity',
    ),
    ['topUp', 'quantity'],
  ),
  v.forward(
    v.check(
      ({ topUp: automatic, priceTick }) => isMultiple(fixed(automatic)?.limitPrice, priceTick),
      'must be a multiple of priceTick',
    ),
    ['topUp', 'limitPrice'],
  ),
  v.forward(
    v.check(
      ({ topUp: automatic, maximumPrice }) => isAtMost(fixed(automatic)?.limitPrice, maximumPrice),
      'must be at most maximumPrice',
    ),
    ['topUp', 'limitPrice'],
  ),
  v.forward(
    v.check(
      ({ topUp: automatic, priceTick }) => isMultiple(emergencyPriceOf(automatic), priceTick),
      'must be a multiple of priceTick',
    ),
    ['topUp', 'emergencyPrice'],
  ),
  v.forward(
    v.check(
      ({ topUp: automatic, maximumPrice }) =>
        isAtMost(maximumPrice, emergencyPriceOf(automatic) ?? maximumPrice),
      'must be at least maximumPrice',
    ),
    ['topUp', 'emergencyPrice'],
  ),
  v.forward(
    v.check(
      ({ topUp: automatic, moveFromTrading }) => automatic !== undefined || !moveFromTrading,
      'needs topUp, which says how many are to be usable',
    ),
    ['moveFromTrading'],
  ),
);

type TopUpConfiguration = v.InferOutput<typeof topUp> | undefined;

/** The policies with a fixed quantity at a fixed price. */
function fixed(automatic: TopUpConfiguration) {
  return automatic?.policy === 'threshold' || automatic?.policy === 'price-aware' ? automatic : undefined;
}

function emergencyPriceOf(automatic: TopUpConfiguration): string | undefined {
  return automatic?.policy === 'adaptive' ? automatic.emergencyPrice : undefined;
}

function isMultiple(price: string | undefined, tick: string): boolean {
  const step = parseDecimal(tick) ?? 0n;
  return step === 0n || (parseDecimal(price ?? '0') ?? 0n) % step === 0n;
}

function isAtMost(price: string | undefined, limit: string): boolean {
  return (parseDecimal(price ?? '0') ?? 0n) <= (parseDecimal(limit) ?? 0n);
}

/** The instruments of a stage: what may be bought, at most for how much, and when it is topped up. */
export const instrumentsSchema = v.pipe(
  v.array(instrument),
  v.minLength(1, 'must name at least one instrument'),
  v.check((list) => new Set(list.map((one) => one.symbol)).size === list.length, 'names a symbol twice'),
  v.check((list) => new Set(list.map((one) => one.marketId)).size === list.length, 'names a market twice'),
);

export type InstrumentConfiguration = v.InferOutput<typeof instrument>;
