import { parseDecimal } from '../ledger/decimal.ts';
import type { Deployment } from './deployment.ts';
import { settingsInForce } from './in-force.ts';
import type { Settings } from './settings.ts';

/**
 * Where a value comes from: it was `set`, it is that of the stage's file (`deployed`), or it would be another and is kept
 * in bounds (`bound`): a cap by that of the stage, the limit of a top-up by a lower maximum price.
 */
export type SettingOrigin = 'set' | 'deployed' | 'bound';

/** One setting, as people read it. */
export interface DescribedSetting {
  readonly value: string;
  readonly origin: SettingOrigin;
}

/** Each setting by its path, such as `spendingLimits.perDay`. */
export type DescribedSettings = ReadonlyMap<string, DescribedSetting>;

/** A setting that differs; undefined where there is none. */
export interface SettingDifference {
  readonly path: string;
  readonly before: DescribedSetting | undefined;
  readonly after: DescribedSetting | undefined;
}

/**
 * Every setting that has a value: as it is set, or as the stage's file has it.
 *
 * @param deployment undefined: only what is set
 */
export function describeSettings(settings: Settings, deployment: Deployment | undefined): DescribedSettings {
  const { mode, spendingLimits, instruments } = settings;
  const described = new Map<string, DescribedSetting>([['mode', { value: mode, origin: 'set' }]]);
  const add = (path: string, values: object | undefined, origin: SettingOrigin): void => {
    for (const [name, value] of Object.entries(values ?? {}))
      described.set(`${path}.${name}`, { value: String(value), origin });
  };
  add('spendingLimits', deployment?.spendingLimits, 'deployed');
  add('spendingLimits', spendingLimits, 'set');
  for (const { symbol, maximumPrice, topUp } of deployment?.instruments ?? []) {
    add(`instruments.${symbol}`, { maximumPrice, paused: false }, 'deployed');
    if (instruments[symbol]?.topUp === undefined) add(`instruments.${symbol}.topUp`, topUp, 'deployed');
  }
  for (const [symbol, { topUp, ...others }] of Object.entries(instruments)) {
    add(`instruments.${symbol}`, others, 'set');
    add(`instruments.${symbol}.topUp`, topUp, 'set');
  }
  return described;
}

/** Every setting as it is in force, which is never beyond what the stage's file allows. */
export function describeInForce(settings: Settings, deployment: Deployment): DescribedSettings {
  const wanted = describeSettings(settings, deployment);
  const inForce = describeSettings(settingsInForce(settings, deployment), undefined);
  return new Map(
    [...inForce].map(([path, { value }]) => {
      const asWanted = wanted.get(path);
      const isSame = asWanted !== undefined && isEqual(asWanted.value, value);
      return [path, { value, origin: isSame ? asWanted.origin : 'bound' }];
    }),
  );
}

/** What differs, in the order of the settings. */
export function differencesBetween(
  before: DescribedSettings,
  after: DescribedSettings,
): readonly SettingDifference[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((path) => ({ path, before: before.get(path), after: after.get(path) }))
    .filter((one) => one.before?.value !== one.after?.value || one.before?.origin !== one.after?.origin);
}

/** A difference as a line: `spendingLimits.perDay: 200.00 (stage) -> 100.00`. */
export function lineOf({ path, before, after }: SettingDifference): string {
  return `${path}: ${wordsOf(before)} -> ${wordsOf(after)}`;
}

/** A setting in words: `200.00 (stage)` where it is the stage's. */
export function wordsOf(setting: DescribedSetting | undefined): string {
  if (setting === undefined) return 'not set';
  return setting.origin === 'deployed' ? `${setting.value} (stage)` : setting.value;
}

/** Amounts are the same however many decimals they are written with. */
function isEqual(one: string, other: string): boolean {
  const [a, b] = [parseDecimal(one), parseDecimal(other)];
  return one === other || (a !== undefined && a === b);
}
