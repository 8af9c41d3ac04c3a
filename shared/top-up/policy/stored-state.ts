import { noLag } from './balance-lag.ts';
import { nothingProven } from './purchase-allowance.ts';
import { noForecast, type TopUpState } from './state.ts';
import { bucketsPerDay } from './use-history.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A stored state, if it is one of this version and whole; undefined for anything else, and then the policy begins anew
 * as on its first day. What is learnt again soon is begun anew by itself: the forecast, and how far balances can be trusted.
 * Where it is not said when the market was last seen, every review has seen it.
 */
export function readTopUpState(stored: unknown): TopUpState | undefined {
  if (!isTopUpState(stored)) return undefined;
  return {
    ...stored,
    forecast: isForecast(stored.forecast) ? stored.forecast : noForecast,
    lag: isLag(stored.lag) ? stored.lag : noLag,
    proven: isProvenUse(stored.proven) ? stored.proven : nothingProven,
    market: isNumber(stored.market.at) ? stored.market : { ...stored.market, at: stored.at },
  };
}

/** All that nothing can replace is looked at. */
function isTopUpState(stored: unknown): stored is TopUpState {
  if (!isFields(stored) || stored['version'] !== 1) return false;
  return Object.entries(checks).every(([name, isRight]) => isRight(stored[name]));
}

const checks: Readonly<
  Record<Exclude<keyof TopUpState, 'version' | 'forecast' | 'lag' | 'proven'>, (value: unknown) => boolean>
> = {
  at: isNumber,
  read: isNumber,
  balance: isNumber,
  fastRate: isNumber,
  slowRate: isNumber,
  lastUseAt: isNumber,
  reviewMinutes: isNumber,
  lastRefusalAt: isNumber,
  lots: listOf(hasNumbers('expiresAt', 'remaining')),
  recent: (value) => isFields(value) && isNumber(value['until']) && isNumbers(value['units']),
  open: hasNumbers('bucket', 'units'),
  days: (value) => isFields(value) && Object.entries(value).every(isDay),
  market: hasNumbers('halfSpread', 'minutes'),
  batches: (value) => isFields(value) && Object.values(value).every(hasNumbers('usualRate', 'used')),
  wholeFalls: isNumber,
  transit: (value) =>
    hasNumbers('minutes')(value) && isFields(value) && listOf(hasNumbers('at', 'units'))(value['parts']),
};

const isProvenUse = hasNumbers(...Object.keys(nothingProven));

function isLag(value: unknown): boolean {
  if (!hasNumbers('thoughtUsed')(value) || !isFields(value)) return false;
  const { evidence, uncertain } = value;
  return (
    isFields(evidence) &&
    isNumbers(evidence['against']) &&
    listOf(hasNumbers('from', 'told', 'units'))(evidence['purchases']) &&
    listOf(isUncertainPurchase)(uncertain)
  );
}

function isUncertainPurchase(value: unknown): boolean {
  return (
    hasNumbers('at', 'told', 'units')(value) && isFields(value) && typeof value['isThoughtUsed'] === 'boolean'
  );
}

function isForecast(value: unknown): boolean {
  return hasNumbers(...Object.keys(noForecast))(value);
}

function isDay([name, units]: [string, unknown]): boolean {
  return Number.isFinite(Date.parse(name)) && isUseOfDay(units);
}

/** Days that were looked at already: none of them ever changes. */
const wholeDays = new WeakSet<readonly unknown[]>();

function isUseOfDay(units: unknown): boolean {
  if (!Array.isArray(units)) return false;
  if (wholeDays.has(units)) return true;
  const isWhole = units.length === bucketsPerDay && isNumbers(units);
  if (isWhole) wholeDays.add(units);
  return isWhole;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A plain loop: it looks at two thousand numbers in every review. */
function isNumbers(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let index = 0; index < value.length; index += 1) {
    if (!Number.isFinite(value[index])) return false;
  }
  return true;
}

function listOf(isRight: (one: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(isRight);
}

function hasNumbers(...names: readonly string[]): (value: unknown) => boolean {
  return (value) => isFields(value) && names.every((name) => isNumber(value[name]));
}
