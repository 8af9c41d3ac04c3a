import type { InstrumentConfiguration } from '../configuration/instruments.ts';
import { spendingLimitsOf } from '../configuration/spending-limits.ts';
import { formatUsd, parseDecimal } from '../ledger/decimal.ts';
import type { Deployment } from './deployment.ts';
import { instrumentInForce, limitsInForce } from './in-force.ts';
import type { Settings } from './settings.ts';

/**
 * What lets more be bought than before, or at a higher price, a line each: what an administrator is asked about. Where it is
 * in force only counts, so a setting that only says what the stage's file says raises nothing.
 *
 * @param deployment undefined: only the mode is compared
 */
export function raisesBetween(
  before: Settings,
  after: Settings,
  deployment: Deployment | undefined,
): readonly string[] {
  const raises = after.mode === 'LIVE' && before.mode !== 'LIVE' ? ['the mode becomes LIVE'] : [];
  if (deployment === undefined) return raises;
  const [lower, higher] = [before, after].map((settings) => capsOf(settings, deployment));
  for (const [path, cap] of higher ?? []) {
    const was = lower?.get(path)?.amount ?? 0n;
    if (cap.amount > was) raises.push(`${path} rises from ${cap.show(was)} to ${cap.show(cap.amount)}`);
  }
  return raises;
}

/** Something that bounds what is bought: the more, the more. */
interface Cap {
  readonly amount: bigint;
  readonly show: (amount: bigint) => string;
}

function capsOf(settings: Settings, deployment: Deployment): ReadonlyMap<string, Cap> {
  const { ordersPerHour, ...amounts } = limitsInForce(spendingLimitsOf(deployment.spendingLimits), settings);
  const caps = new Map<string, Cap>([
    ['spendingLimits.ordersPerHour', { amount: ordersPerHour, show: String }],
  ]);
  for (const [name, amount] of Object.entries(amounts)) caps.set(`spendingLimits.${name}`, inUsd(amount));
  for (const deployed of deployment.instruments) {
    const instrument = instrumentInForce(deployed, settings);
    const path = `instruments.${deployed.symbol}`;
    caps.set(`${path}.maximumPrice`, inUsd(parseDecimal(instrument.maximumPrice) ?? 0n));
    caps.set(`the highest price of a top-up of ${deployed.symbol}`, inUsd(highestPriceOf(instrument)));
    caps.set(`the largest top-up of ${deployed.symbol}`, {
      amount: largestTopUpOf(instrument),
      show: inUnits,
    });
    caps.set(`the buying of ${deployed.symbol}`, {
      amount: instrument.isPaused ? 0n : 1n,
      show: (amount) => (amount === 0n ? 'paused' : 'allowed'),
    });
  }
  return caps;
}

function inUsd(amount: bigint): Cap {
  return { amount, show: formatUsd };
}

function inUnits(amount: bigint): string {
  return `${amount} Units`;
}

function highestPriceOf({ topUp, maximumPrice }: InstrumentConfiguration): bigint {
  if (topUp === undefined) return 0n;
  return (
    parseDecimal(topUp.policy === 'adaptive' ? (topUp.emergencyPrice ?? maximumPrice) : topUp.limitPrice) ??
    0n
  );
}

function largestTopUpOf({ topUp, maximumQuantity }: InstrumentConfiguration): bigint {
  if (topUp === undefined) return 0n;
  return BigInt(topUp.policy === 'adaptive' ? maximumQuantity : topUp.quantity);
}
