import { type Bounds, boundsOf } from './bounds/clairvoyant.ts';
import type { Demand } from './demand/demand.ts';
import type { OrderBook } from './market/order-book.ts';
import { figuresOf, type RunFigures } from './measures/run-figures.ts';
import type { Policy } from './policies/policy.ts';
import { type Conditions, usualConditions } from './simulate/conditions.ts';
import type { Recording } from './simulate/recording.ts';
import { simulate } from './simulate/simulate.ts';

/** One policy on one demand and one market. */
export interface Backtest {
  readonly demand: Demand;
  readonly market: OrderBook;
  readonly policy: Policy;
  /** What differs from the usual conditions. */
  readonly options?: Partial<Conditions>;
  /** The bounds of this demand and market, if they are known already. */
  readonly bounds?: Bounds;
  /** Filled in for plots. */
  readonly recording?: Recording;
}

/**
 * Runs a policy and measures it. The same arguments give the same figures.
 *
 * @throws ConservationError, BrokenContractError
 */
export function runBacktest(backtest: Backtest): RunFigures {
  const { demand, market, policy, options, recording } = backtest;
  const conditions = { ...usualConditions, ...options };
  const tally = simulate({
    demand,
    book: market,
    buyer: policy.startBuyer(conditions),
    conditions,
    ...(recording === undefined ? {} : { recording }),
  });
  const { learningMinutes } = conditions;
  const bounds = backtest.bounds ?? boundsOf(demand, market, learningMinutes);
  return figuresOf(tally, bounds, demand.steps.length - learningMinutes);
}
