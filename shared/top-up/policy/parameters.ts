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

/** A setting of the adaptive policy; when to change it says docs/top-up.md. */
export interface SettingDescription {
  readonly unit: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Every setting of the adaptive policy. One set serves all accounts; nothing has to be sized by hand. */
export const settingDescriptions = {
  reviewMinutes: {
    unit: 'minutes',
    default: 1,
    minimum: 0.25,
    maximum: 60,
  },
  lotLifeMinutes: {
    unit: 'minutes',
    default: 240,
    minimum: 10,
    maximum: 43_200,
  },
  minimumUnits: {
    unit: 'Units',
    default: 0.25,
    minimum: 0,
    maximum: 1_000,
  },
  coverMinutes: {
    unit: 'minutes',
    default: 4,
    minimum: 0,
    maximum: 240,
  },
  reorderMinutes: {
    unit: 'minutes',
    default: 3,
    minimum: 0,
    maximum: 240,
  },
  dangerMinutes: {
    unit: 'minutes',
    default: 2,
    minimum: 0,
    maximum: 60,
  },
  needMinutes: {
    unit: 'minutes',
    default: 10,
    minimum: 5,
    maximum: 120,
  },
  shortageCost: {
    unit: 'prices of a Unit',
    default: 0.8,
    minimum: 0,
    maximum: 100,
  },
  patienceGain: {
    unit: 'share of the price',
    default: 0.003,
    minimum: 0,
    maximum: 0.2,
  },
  certainShare: {
    unit: 'share',
    default: 0.55,
    minimum: 0.1,
    maximum: 1,
  },
  headroom: {
    unit: 'factor',
    default: 1.15,
    minimum: 1,
    maximum: 5,
  },
  peakQuantile: {
    unit: 'share',
    default: 0.98,
    minimum: 0.5,
    maximum: 1,
  },
  analogues: {
    unit: 'moments',
    default: 48,
    minimum: 8,
    maximum: 500,
  },
  recentMinutes: {
    unit: 'minutes',
    default: 90,
    minimum: 10,
    maximum: 240,
  },
  historyDays: {
    unit: 'days',
    default: 7,
    minimum: 1,
    maximum: 14,
  },
  fastHalfLifeMinutes: {
    unit: 'minutes',
    default: 4,
    minimum: 1,
    maximum: 60,
  },
  slowHalfLifeMinutes: {
    unit: 'minutes',
    default: 45,
    minimum: 5,
    maximum: 720,
  },
  limitFirst: {
    unit: '0 or 1',
    default: 1,
    minimum: 0,
    maximum: 1,
  },
  patienceMinutes: {
    unit: 'minutes',
    default: 10,
    minimum: 1,
    maximum: 240,
  },
  sleepCost: {
    unit: "days' use",
    default: 0.04,
    minimum: 0,
    maximum: 10,
  },
  sleepAfterMinutes: {
    unit: 'minutes',
    default: 30,
    minimum: 5,
    maximum: 1_440,
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
