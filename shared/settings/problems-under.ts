import * as v from 'valibot';
import { type InstrumentConfiguration, instrumentSchema } from '../configuration/instruments.ts';
import { describeIssue } from '../configuration/problems.ts';
import { parseDecimal, type Usd } from '../ledger/decimal.ts';
import type { Deployment } from './deployment.ts';
import type { Settings } from './settings.ts';

type InstrumentSettings = Settings['instruments'][string];

/**
 * Everything that is set and that the deployment does not allow, as lines with the path of the setting. Such settings
 * are not written; where a deployment has become tighter since they were, its own values hold.
 */
export function problemsUnder(settings: Settings, deployment: Deployment): readonly string[] {
  const known = deployment.instruments.map(({ symbol }) => symbol).join(', ');
  return [
    ...limitProblems(settings, deployment),
    ...Object.entries(settings.instruments).flatMap(([symbol, set]) => {
      const path = `instruments.${symbol}`;
      const deployed = deployment.instruments.find((one) => one.symbol === symbol);
      return deployed === undefined
        ? [`${path}: is no instrument of the stage, which has ${known}; its file and a deployment add one`]
        : instrumentProblems(path, set, deployed);
    }),
  ];
}

function limitProblems({ spendingLimits: set }: Settings, { spendingLimits }: Deployment): readonly string[] {
  const amounts = (['perOrder', 'perDay', 'perMonth'] as const).flatMap((name) =>
    aboveProblems(`spendingLimits.${name}`, set[name], spendingLimits[name]),
  );
  const isAbove = (set.ordersPerHour ?? 0) > spendingLimits.ordersPerHour;
  return isAbove
    ? [...amounts, tooHigh('spendingLimits.ordersPerHour', spendingLimits.ordersPerHour)]
    : amounts;
}

function instrumentProblems(
  path: string,
  { maximumPrice, topUp }: InstrumentSettings,
  deployed: InstrumentConfiguration,
): readonly string[] {
  const problems = [...aboveProblems(`${path}.maximumPrice`, maximumPrice, deployed.maximumPrice)];
  if (maximumPrice !== undefined && usd(maximumPrice) < usd(deployed.priceTick))
    problems.push(`${path}.maximumPrice: is below the price tick, ${deployed.priceTick}`);
  if (topUp === undefined) return problems;
  if (deployed.topUp === undefined)
    return [...problems, `${path}.topUp: the stage's file has none, and alarms come with a deployment`];
  const checked = v.safeParse(instrumentSchema, { ...deployed, topUp });
  problems.push(...(checked.issues ?? []).map((issue) => describeIssue(issue, path)));
  if (topUp.policy === 'adaptive') {
    const highest =
      (deployed.topUp.policy === 'adaptive' ? deployed.topUp.emergencyPrice : undefined) ??
      deployed.maximumPrice;
    problems.push(...aboveProblems(`${path}.topUp.emergencyPrice`, topUp.emergencyPrice, highest));
  }
  return problems;
}

function aboveProblems(path: string, set: string | undefined, most: string): readonly string[] {
  return set !== undefined && usd(set) > usd(most) ? [tooHigh(path, most)] : [];
}

function tooHigh(path: string, most: string | number): string {
  return `${path}: is above what the stage's file allows, ${most}; settings only make it less`;
}

/** The schema has checked the form. */
function usd(text: string): Usd {
  return parseDecimal(text) ?? 0n;
}
