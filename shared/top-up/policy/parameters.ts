/** What the stage says about buying one instrument; all but the emergency price is required. */
export interface BuyingBounds {
  /** USD per Unit that are bid at most: a decimal string. */
  readonly maximumPrice: string;
  /** Whole Units that one order may buy at most. */
  readonly maximumQuantity: number;
  /** Every price is a multiple of it: USD as a decimal string. */
  readonly priceTick: string;
  /** What is set aside for fees, in hundredths of a percent of an order's cost. */
  readonly feeBasisPoints: number;
  /** USD per Unit that are bid at most while stock is dangerously low. Absent: never more than the maximum price. */
  readonly emergencyPrice?: string;
}

/** A setting of the adaptive policy as people read it. */
export interface SettingDescription {
  readonly unit: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  /** When to change it. */
  readonly change: string;
}

/** Every setting of the adaptive policy. One set serves all accounts; nothing has to be sized by hand. */
export const settingDescriptions = {
  reviewMinutes: {
    unit: 'minutes',
    default: 1,
    minimum: 0.25,
    maximum: 60,
    change: 'Set it to the interval of the schedule; a longer one holds more stock to cover the gap.',
  },
  lotLifeMinutes: {
    unit: 'minutes',
    default: 240,
    minimum: 10,
    maximum: 43_200,
    change: 'Change it only when the exchange changes how long bought Units live.',
  },
  minimumUnits: {
    unit: 'Units',
    default: 0.25,
    minimum: 0,
    maximum: 1_000,
    change:
      'Raise it when single requests are large; lower it to waste less on an account that is hardly used.',
  },
  coverMinutes: {
    unit: 'minutes',
    default: 4,
    minimum: 0,
    maximum: 240,
    change:
      'Raise it when use climbs within minutes and a refusal hurts; this much use at the present rate is always bought.',
  },
  reorderMinutes: {
    unit: 'minutes',
    default: 3,
    minimum: 0,
    maximum: 240,
    change:
      'Raise it when orders fill slowly; below this much use at the present rate more is ordered at once.',
  },
  dangerMinutes: {
    unit: 'minutes',
    default: 2,
    minimum: 0,
    maximum: 60,
    change: 'Raise it to cross the spread earlier, lower it to wait longer for a better price.',
  },
  needMinutes: {
    unit: 'minutes',
    default: 10,
    minimum: 5,
    maximum: 120,
    change:
      'Raise it when patient orders take longer than this to fill: it is how far ahead a shortage is feared.',
  },
  shortageCost: {
    unit: 'prices of a Unit',
    default: 0.8,
    minimum: 0,
    maximum: 100,
    change: 'The main dial: raise it when refusals hurt more than wasted Units, lower it for the opposite.',
  },
  patienceGain: {
    unit: 'share of the price',
    default: 0.003,
    minimum: 0,
    maximum: 0.2,
    change:
      'Raise it when the spread is wide: more is held, so that orders can wait; it is the waste that waiting is worth.',
  },
  certainShare: {
    unit: 'share',
    default: 0.55,
    minimum: 0.1,
    maximum: 1,
    change:
      'Lower it when Units expire although use looked certain: the part of the usual use that is trusted to come.',
  },
  headroom: {
    unit: 'factor',
    default: 1.15,
    minimum: 1,
    maximum: 5,
    change: 'Raise it when use grows from week to week faster than the policy learns.',
  },
  peakQuantile: {
    unit: 'share',
    default: 0.98,
    minimum: 0.5,
    maximum: 1,
    change: 'Lower it when rare peaks of the last hours are not worth being ready for.',
  },
  analogues: {
    unit: 'moments',
    default: 48,
    minimum: 8,
    maximum: 500,
    change: 'Raise it for smoother forecasts of irregular use, lower it for use that repeats exactly.',
  },
  recentMinutes: {
    unit: 'minutes',
    default: 90,
    minimum: 10,
    maximum: 240,
    change: 'Raise it when bursts come hours apart; bursts in this window are expected to return.',
  },
  historyDays: {
    unit: 'days',
    default: 7,
    minimum: 1,
    maximum: 14,
    change: 'Lower it when last week says little about this one.',
  },
  fastHalfLifeMinutes: {
    unit: 'minutes',
    default: 4,
    minimum: 1,
    maximum: 60,
    change: 'Lower it to follow jumps of the rate faster, raise it when the rate is noisy.',
  },
  slowHalfLifeMinutes: {
    unit: 'minutes',
    default: 45,
    minimum: 5,
    maximum: 720,
    change: 'Raise it when use stops and starts often; it is the rate believed while an account is empty.',
  },
  limitFirst: {
    unit: '0 or 1',
    default: 1,
    minimum: 0,
    maximum: 1,
    change: 'Set it to 0 to buy at the ask only: fewer orders, about a percent dearer at a usual spread.',
  },
  patienceMinutes: {
    unit: 'minutes',
    default: 10,
    minimum: 1,
    maximum: 240,
    change: 'Lower it on a fast market: a resting order of this age is cancelled and priced anew.',
  },
  sleepCost: {
    unit: "days' use",
    default: 0.04,
    minimum: 0,
    maximum: 10,
    change:
      'What one refused first request after idle hours costs; raise it to keep a Unit ready more often, 0 keeps one always.',
  },
  sleepAfterMinutes: {
    unit: 'minutes',
    default: 30,
    minimum: 5,
    maximum: 1_440,
    change: 'Raise it when pauses in use are long but not the end of the work.',
  },
} as const satisfies Record<string, SettingDescription>;

export type SettingName = keyof typeof settingDescriptions;

/** A value for each setting. */
export type AdaptiveSettings = Readonly<Record<SettingName, number>>;

/** What the adaptive policy is given: the stage's bounds, and settings where they differ from the default. */
export type TopUpParameters = BuyingBounds & Partial<AdaptiveSettings> & { readonly preset?: PresetName };

/** Settings for those who weigh waste and refusals otherwise than most. */
export const presets = {
  thrifty: { shortageCost: 0.2, patienceGain: 0.002, minimumUnits: 0.125, coverMinutes: 3, sleepCost: 0.02 },
  balanced: {},
  safe: {
    shortageCost: 10,
    patienceGain: 0.01,
    needMinutes: 12,
    peakQuantile: 1,
    minimumUnits: 0.6,
    coverMinutes: 12,
    reorderMinutes: 8,
    dangerMinutes: 5,
    sleepCost: 0,
  },
} as const satisfies Record<string, Partial<AdaptiveSettings>>;

export type PresetName = keyof typeof presets;

const settingNames = Object.keys(settingDescriptions).filter(isSettingName);
const defaults = defaultSettings();

function defaultSettings(): AdaptiveSettings {
  const settings: Partial<Record<SettingName, number>> = {};
  for (const name of settingNames) settings[name] = settingDescriptions[name].default;
  if (!isComplete(settings)) throw new Error('a setting has no description');
  return settings;
}

function isComplete(settings: Partial<AdaptiveSettings>): settings is AdaptiveSettings {
  return Object.keys(settings).length === settingNames.length;
}

/** Completes the settings: default, then preset, then what was given; each held within its range. */
export function settingsOf(
  parameters: Partial<AdaptiveSettings> & { readonly preset?: PresetName },
): AdaptiveSettings {
  const settings: Record<SettingName, number> = { ...defaults, ...presets[parameters.preset ?? 'balanced'] };
  for (const [name, value] of Object.entries(parameters)) {
    if (isSettingName(name) && isFiniteNumber(value)) settings[name] = withinRange(name, value);
  }
  return settings;
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingDescriptions, name);
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function withinRange(name: SettingName, value: number): number {
  const { minimum, maximum } = settingDescriptions[name];
  return Math.min(maximum, Math.max(minimum, value));
}
