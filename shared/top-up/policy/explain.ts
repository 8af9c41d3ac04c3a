import { unitsNotShown } from './balance-lag.ts';
import type { TopUpDecision, TopUpExplanation, TopUpObservation } from './contract.ts';
import type { Levels } from './levels.ts';
import type { Plan } from './plan-orders.ts';
import type { ReservedUnits } from './reservations.ts';
import { leadMinutes, type TopUpState } from './state.ts';
import { rounded } from './statistics.ts';

/** A decision with all that led to it. */
export interface Reasoning {
  readonly observation: TopUpObservation;
  readonly state: TopUpState;
  readonly levels: Levels;
  readonly stock: number;
  readonly plan: Plan;
  readonly reserved: ReservedUnits;
}

/** Longer cover is of no interest, and an idle account would have an endless one. Minutes. */
const longestCover = 1_440;

/** Says in words and numbers why it was decided so. */
export function explain(reasoning: Reasoning): TopUpExplanation {
  const { state, levels, stock, plan, reserved, observation } = reasoning;
  const [order] = plan.orders;
  const figures = {
    balance: rounded(state.balance),
    inTransit: rounded(unitsNotShown(state.lag) + (Number(observation.inTransit ?? 0) || 0)),
    stock: rounded(stock),
    position: rounded(plan.position),
    danger: rounded(levels.danger),
    reorderPoint: rounded(levels.reorder),
    level: rounded(levels.level),
    reserved: rounded(reserved.wanted),
    ratePerMinute: rounded(levels.rate, 1e6),
    coverMinutes: rounded(Math.min(longestCover, stock / Math.max(1e-9, levels.rate)), 10),
    leadMinutes: rounded(leadMinutes(state), 10),
    ...pricesOf(observation),
    ...(order === undefined ? {} : { quantity: order.quantity, limitPrice: Number(order.limitPrice) }),
  };
  return { reason: plan.reason, words: wordsOf(reasoning, figures), figures, boundBy: plan.boundBy };
}

function pricesOf({ bestBid, bestAsk, budgetLeft }: TopUpObservation): Record<string, number> {
  return {
    ...(bestBid === null ? {} : { bestBid: Number(bestBid) }),
    ...(bestAsk === null ? {} : { bestAsk: Number(bestAsk) }),
    ...(budgetLeft === null || budgetLeft === undefined ? {} : { budgetLeft: Number(budgetLeft) }),
  };
}

const boundWords: Readonly<Record<string, string>> = {
  'maximum-price': 'the ask is above the price allowed',
  'maximum-order': 'one order may not be larger',
  budget: 'the budget left allows no more',
  market: 'the order book shows no price',
  balance: 'what was bought lately never showed in the balance',
  expiry: 'a Unit bought now would probably expire unused',
};

function wordsOf({ plan, levels }: Reasoning, figures: Readonly<Record<string, number>>): string {
  const stock = `${figures['stock']} Units are there or on their way, enough for ${figures['coverMinutes']} minutes`;
  const [order] = plan.orders;
  const because = plan.boundBy === null ? '' : `; ${boundWords[plan.boundBy] ?? plan.boundBy}`;
  if (order !== undefined) {
    const how = order.purpose === 'urgent' ? 'Buy at once' : 'Bid patiently for';
    return `${how} ${order.quantity} at ${order.limitPrice} USD or less: ${stock}, and ${figures['position']} with open orders are below the level of ${figures['level']}${because}.`;
  }
  const cancels = plan.cancels.length === 0 ? '' : ` ${plan.cancels.length} open order(s) are cancelled.`;
  return `${doNothingWords(plan.reason, levels, figures)}: ${stock}${because}.${cancels}`;
}

function doNothingWords(reason: string, levels: Levels, figures: Readonly<Record<string, number>>): string {
  if (reason === 'order-open') return `Wait for the open order of ${figures['position']} in all`;
  if (reason === 'asleep') return 'Let stock run out until something is used again';
  if (reason === 'enough') return `Buy nothing, the level is ${rounded(levels.level)}`;
  return 'Buy nothing, though stock is low';
}

/** The answer to a balance that cannot be read. */
export function explainNoReading(state: TopUpState): TopUpDecision<TopUpState> {
  return {
    state,
    need: '0',
    cancels: [],
    orders: [],
    dependsOnPrices: false,
    explanation: {
      reason: 'balance-unreadable',
      words: 'Buy nothing: the balance could not be read as an amount of Units.',
      figures: {},
      boundBy: 'balance',
    },
  };
}
