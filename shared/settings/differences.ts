import type { Deployment } from './deployment.ts';
import type { Settings } from './settings.ts';

/** Each setting by its path, with its value as people read it. */
export type DescribedSettings = ReadonlyMap<string, string>;

/**
 * Every setting that has a value: as it is set, or as the stage's file has it.
 *
 * @param deployment undefined: only what is set
 */
export function describeSettings(
  { mode, spendingLimits, instruments }: Settings,
  deployment: Deployment | undefined,
): DescribedSettings {
  const lines = new Map<string, string>([['mode', mode]]);
  const add = (path: string, values: object | undefined, origin = ''): void => {
    for (const [name, value] of Object.entries(values ?? {}))
      lines.set(`${path}.${name}`, `${value}${origin}`);
  };
  add('spendingLimits', deployment?.spendingLimits, ' (stage)');
  add('spendingLimits', spendingLimits);
  for (const { symbol, maximumPrice, topUp } of deployment?.instruments ?? []) {
    add(`instruments.${symbol}`, { maximumPrice, paused: false }, ' (stage)');
    if (instruments[symbol]?.topUp === undefined) add(`instruments.${symbol}.topUp`, topUp, ' (stage)');
  }
  for (const [symbol, { topUp, ...others }] of Object.entries(instruments)) {
    add(`instruments.${symbol}`, others);
    add(`instruments.${symbol}.topUp`, topUp);
  }
  return lines;
}

/** What differs, a line each: `spendingLimits.perDay: 200.00 (stage) -> 100.00`. */
export function differencesBetween(before: DescribedSettings, after: DescribedSettings): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path}: ${before.get(path) ?? 'not set'} -> ${after.get(path) ?? 'not set'}`);
}
