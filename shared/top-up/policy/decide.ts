import { maximum, parseDecimal, parseForeignDecimal } from '../../ledger/decimal.ts';
import { isBlind, isPrompt, lagOf, unitsNotShown } from './balance-lag.ts';
import type { TopUpDecision, TopUpObservation } from './contract.ts';
import { explain, explainNoReading } from './explain.ts';
import { forecastDemand } from './forecast.ts';
import { type Levels, levelsOf } from './levels.ts';
import { expiringUnused } from './lots.ts';
import { type BestPrices, rememberMarket } from './market-memory.ts';
import { type ObservedUse, observeUse } from './observe-use.ts';
import { type AdaptiveSettings, settingsOf, type TopUpParameters } from './parameters.ts';
import { planOrders } from './plan-orders.ts';
import { isDear, patientPrice, urgentPrice } from './pricing.ts';
import { purchaseAllowance } from './purchase-allowance.ts';
import { purchaseBounds } from './purchase-bounds.ts';
import { reservedUnits } from './reservations.ts';
import { firstState, type TopUpState } from './state.ts';
import { clamp } from './statistics.ts';
import { readTopUpState } from './stored-state.ts';
import { minuteMs } from './use-history.ts';

/**
 * The adaptive top-up: holds what the next minutes may need on a bad day and what will surely be used before it expires,
 * no more; counts what is ordered; bids patiently while there is stock and at once when there is not. Pure: the same
 * state and observation always decide the same.
 *
 * @param previous the state that the last review returned; undefined at first or when it could not be read
 */
export function decideTopUp(
  parameters: TopUpParameters,
  previous: TopUpState | undefined,
  observation: TopUpObservation,
): TopUpDecision<TopUpState> {
  const settings = settingsOf(parameters);
  const stored = readTopUpState(previous);
  // A balance that cannot be read means: do not buy.
  if (!isReadable(observation)) return explainNoReading(stored ?? firstState(observation.now, 0));
  const before = stored ?? firstState(observation.now, Number(observation.balance));
  const prices = bestPrices(observation);
  const seen = learn(settings, before, observation, prices);
  const { state } = seen;
  const bounds = purchaseBounds(parameters, observation.budgetLeft);
  const reserved = reservedUnits(
    observation.reservations ?? [],
    state.batches,
    observation.now,
    settings.lotLifeMinutes,
  );
  const stock = stockOf(settings, state, observation);
  const wished = levelsOf(settings, seen, reserved, isDear(prices, bounds));
  const levels = withinProof(wished, state, stock);
  const plenty = (stock - levels.danger) / Math.max(1e-9, levels.level - levels.danger);
  const patient = patientPrice(prices, state.market, clamp(plenty, 0, 1), bounds);
  const plan = planOrders({
    now: observation.now,
    levels,
    stock,
    openOrders: observation.openOrders,
    patientPrice: patient,
    urgentPrice: urgentPrice(prices, bounds),
    ask: observation.bestAsk === null ? undefined : parseDecimal(observation.bestAsk),
    bounds,
    patienceMinutes: settings.patienceMinutes,
    isPatient: settings.limitFirst >= 0.5,
    isBlind: isBlind(state.lag, state.proven.peak),
  });
  return {
    state,
    need: levels.reorder.toFixed(4),
    cancels: plan.cancels,
    orders: plan.orders,
    dependsOnPrices: plan.dependsOnPrices,
    explanation: explain({ observation, state, levels, stock, plan, reserved }),
  };
}

function learn(
  settings: AdaptiveSettings,
  before: TopUpState,
  observation: TopUpObservation,
  prices: BestPrices,
): ObservedUse {
  const seen = observeUse(settings, before, observation);
  const market = rememberMarket(before.market, prices, observation.now, settings.lotLifeMinutes);
  const known = { ...seen.state, market };
  const isForecastCurrent = known.forecast.bucket === known.open.bucket;
  const forecast = isForecastCurrent ? known.forecast : forecastDemand(settings, known);
  return { ...seen, state: { ...known, forecast } };
}

/** Units that count as cover: usable ones, and those on their way, without those that will expire unused at once. */
function stockOf(
  settings: AdaptiveSettings,
  state: TopUpState,
  { now, inTransit, onOrderElsewhere }: TopUpObservation,
): number {
  const horizon = now + (state.reviewMinutes + settings.dangerMinutes) * minuteMs;
  const lost = expiringUnused(state.lots, now, horizon, state.fastRate / minuteMs);
  const onTheWay = unitsNotShown(state.lag) + (Number(inTransit ?? 0) || 0);
  return Math.max(0, state.balance - lost) + onTheWay + (Number(onOrderElsewhere ?? 0) || 0);
}

/**
 * Where balances may lag no more is held than what was proven to be used allows, what batches reserve, and, for an account
 * that reads 0 all the time, as much again as was bought to find out.
 */
function withinProof(levels: Levels, state: TopUpState, stock: number): Levels {
  const { lag, proven, reviewMinutes } = state;
  if (isPrompt(lag, reviewMinutes)) return levels;
  const allowed = purchaseAllowance(proven, lagOf(lag, reviewMinutes).most) + lag.thoughtUsed;
  const most = stock + allowed + levels.reserved;
  return {
    ...levels,
    danger: Math.min(levels.danger, most),
    reorder: Math.min(levels.reorder, most),
    level: Math.min(levels.level, most),
  };
}

function isReadable({ now, balance }: TopUpObservation): boolean {
  const units = parseForeignDecimal(balance);
  return Number.isFinite(now) && units !== undefined && maximum(units, 0n) === units;
}

function bestPrices({ bestBid, bestAsk }: TopUpObservation): BestPrices {
  return { bid: priceOf(bestBid), ask: priceOf(bestAsk) };
}

function priceOf(text: string | null): number | undefined {
  const price = text === null ? undefined : parseDecimal(text);
  return price === undefined || price === 0n ? undefined : Number(price) / 1e8;
}
