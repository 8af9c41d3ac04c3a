import * as v from 'valibot';
import { parseDecimal } from '../ledger/decimal.ts';
import {
  type PresetName,
  presets,
  type SettingDescription,
  type SettingName,
  settingDescriptions,
} from '../top-up/policy/parameters.ts';
import { buyingFields, listOfInstruments, positiveUsd, wholeUnits } from './buyable-instruments.ts';

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
export const topUpSchema = v.variant(
  'policy',
  [adaptive, threshold, priceAware],
  'must name a policy: "adaptive", "threshold" or "price-aware"',
);

const instrumentFields = v.strictObject({
  ...buyingFields,
  /**
   * Move bought Units from the trading account to consumption when fewer than `topUp.minimumUnits` are usable. Turn it on
   * where the account's mode leaves bought Units in the trading account and orders do not ask for a transfer themselves
   * (`requestAutotransfer`): a warning `units-wait-in-trading` says so. Units do not expire there, and only as many are
   * moved as are needed. Leave it off where the exchange moves them, or where a person sells them.
   */
  moveFromTrading: v.optional(v.boolean('must be true or false'), false),
  /** Automatic buying; without it the instrument is bought only through the API. */
  topUp: v.optional(topUpSchema),
});

/** One instrument. */
export const instrumentSchema = v.pipe(
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

export type TopUpConfiguration = v.InferOutput<typeof topUpSchema>;

/** The policies with a fixed quantity at a fixed price. */
function fixed(automatic: TopUpConfiguration | undefined) {
  return automatic?.policy === 'threshold' || automatic?.policy === 'price-aware' ? automatic : undefined;
}

function emergencyPriceOf(automatic: TopUpConfiguration | undefined): string | undefined {
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
export const instrumentsSchema = listOfInstruments(instrumentSchema);

export type InstrumentConfiguration = v.InferOutput<typeof instrumentSchema>;
