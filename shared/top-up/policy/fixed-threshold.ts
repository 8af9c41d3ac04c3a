import { formatDecimal, formatUsd, minimum, parseForeignDecimal } from '../../ledger/decimal.ts';
import type { OpenOrder, TopUpDecision, TopUpExplanation, TopUpObservation } from './contract.ts';
import type { BuyingBounds } from './parameters.ts';
import { affordableUnits, purchaseBounds } from './purchase-bounds.ts';
import { minuteMs } from './use-history.ts';

/** The exchange's own rule: below so many Units, buy so many at this price. */
export interface FixedThresholdParameters extends BuyingBounds {
  /** Buy when fewer Units than this are there, on their way or ordered. */
  readonly minimumUnits: number;
  /** Whole Units to buy then. */
  readonly quantity: number;
  /** USD per Unit that are bid; held to the maximum price. */
  readonly limitPrice: string;
  /** An order that rests for so long is cancelled, so that the next is bought at the price of its day. Default: 15. */
  readonly patienceMinutes?: number;
}

/** The rule remembers nothing. */
export interface FixedThresholdState {
  readonly version: 1;
}

/**
 * The exchange's fixed threshold, done right: open orders and Units on their way count, prices and money are capped, and
 * orders that rest too long are cancelled.
 */
export function decideFixedThreshold(
  parameters: FixedThresholdParameters,
  _previous: FixedThresholdState | undefined,
  observation: TopUpObservation,
): TopUpDecision<FixedThresholdState> {
  const state: FixedThresholdState = { version: 1 };
  const stock = ruleStock(observation);
  const need = parameters.minimumUnits.toString();
  // It bids its own price, whatever the book shows.
  const always = { state, need, dependsOnPrices: false };
  if (stock === undefined)
    return { ...always, ...nothing('balance-unreadable', 'the balance could not be read') };
  const cancels = expiredOrders(parameters, observation);
  const { position } = stock;
  if (position >= parameters.minimumUnits) {
    return {
      ...always,
      ...nothing('enough', wordsOf(stock, parameters), figuresOf(stock, parameters), cancels),
    };
  }
  return { ...always, ...buyQuantity(parameters, observation, stock, cancels) };
}

/** What the rule counts. Units. */
export interface RuleStock {
  readonly balance: number;
  /** With open orders and what is on its way. */
  readonly position: number;
}

/** Undefined if the balance is no amount of Units. */
export function ruleStock({
  balance,
  inTransit,
  onOrderElsewhere,
  openOrders,
}: TopUpObservation): RuleStock | undefined {
  const usable = parseForeignDecimal(balance);
  const onTheWay = parseForeignDecimal(inTransit ?? '0');
  const elsewhere = parseForeignDecimal(onOrderElsewhere ?? '0');
  if (usable === undefined || usable < 0n || onTheWay === undefined || elsewhere === undefined)
    return undefined;
  const open = openOrders.reduce((sum, { remaining }) => sum + Math.max(0, remaining), 0);
  return {
    balance: Number(formatDecimal(usable)),
    position: Number(formatDecimal(usable + onTheWay + elsewhere)) + open,
  };
}

const usualPatienceMinutes = 15;
const mostCancels = 1;

/** Ids of orders that have rested too long; one in a review, so that there is room for a purchase. */
export function expiredOrders(
  { patienceMinutes }: FixedThresholdParameters,
  { now, openOrders }: TopUpObservation,
): string[] {
  const patienceMs = (patienceMinutes ?? usualPatienceMinutes) * minuteMs;
  const isExpired = ({ isEnding, placedAt }: OpenOrder) => isEnding !== true && now - placedAt >= patienceMs;
  return openOrders
    .filter(isExpired)
    .map(({ orderId }) => orderId)
    .slice(0, mostCancels);
}

type Answer = Omit<TopUpDecision<never>, 'state' | 'need' | 'dependsOnPrices'>;

/** The rule's purchase within the bounds; at most one order is open. */
export function buyQuantity(
  parameters: FixedThresholdParameters,
  observation: TopUpObservation,
  stock: RuleStock,
  cancels: readonly string[],
): Answer {
  const figures = figuresOf(stock, parameters);
  if (observation.openOrders.length > 0) {
    return nothing('order-open', `an order is open; ${wordsOf(stock, parameters)}`, figures, cancels);
  }
  const bounds = purchaseBounds(parameters, observation.budgetLeft);
  const wished = purchaseBounds({ ...parameters, maximumPrice: parameters.limitPrice }, null).maximumPrice;
  const price = minimum(wished, bounds.maximumPrice);
  const affordable = affordableUnits(price, bounds);
  const quantity = Math.min(Math.floor(parameters.quantity), bounds.maximumQuantity, affordable);
  const boundBy =
    quantity >= parameters.quantity ? null : affordable < bounds.maximumQuantity ? 'budget' : 'maximum-order';
  if (quantity < 1) {
    return { ...nothing('not-affordable', wordsOf(stock, parameters), figures, cancels, boundBy) };
  }
  return {
    cancels,
    orders: [{ purpose: 'urgent', quantity, limitPrice: formatUsd(price) }],
    explanation: {
      reason: 'below-minimum',
      words: `Buy ${quantity} at ${formatUsd(price)} USD or less: ${wordsOf(stock, parameters)}.`,
      figures: { ...figures, quantity, limitPrice: Number(formatUsd(price)) },
      boundBy,
    },
  };
}

/** An answer that buys nothing. */
export function nothing(
  reason: string,
  because: string,
  figures: TopUpExplanation['figures'] = {},
  cancels: readonly string[] = [],
  boundBy: string | null = null,
): Answer {
  return {
    cancels,
    orders: [],
    explanation: { reason, words: `Buy nothing: ${because}.`, figures, boundBy },
  };
}

export function figuresOf(
  stock: RuleStock,
  { minimumUnits }: FixedThresholdParameters,
): Record<string, number> {
  return { balance: stock.balance, position: stock.position, reorderPoint: minimumUnits };
}

export function wordsOf({ position }: RuleStock, { minimumUnits }: FixedThresholdParameters): string {
  return `${position} Units are there, on their way or ordered, and the minimum is ${minimumUnits}`;
}
