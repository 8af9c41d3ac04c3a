import { boundsOf } from '../bounds/clairvoyant.ts';
import type { Demand } from '../demand/demand.ts';
import { type MarketKind, openMarket } from '../market/markets.ts';
import type { OrderBook } from '../market/order-book.ts';
import type { RunFigures } from '../measures/run-figures.ts';
import { type PolicyName, policies } from '../policies/catalogue.ts';
import { runBacktest } from '../run-backtest.ts';
import type { Conditions } from '../simulate/conditions.ts';
import { newRecording, type Recording } from '../simulate/recording.ts';

/** One demand on one market, for one policy after the other. What a worker is handed. */
export interface Task {
  readonly demand: Demand;
  readonly market: { readonly kind: MarketKind; readonly seed: number };
  readonly policies: readonly PolicyName[];
  readonly conditions: Conditions;
  /** Policies to record for plots. */
  readonly recorded: readonly PolicyName[];
}

export interface Run {
  readonly trace: string;
  readonly market: string;
  readonly marketKind: MarketKind;
  readonly policy: PolicyName;
  readonly figures: RunFigures;
  /** Cents that the policy may pay for a Unit at most; infinite if it takes any price. */
  readonly highestPrice: number;
  readonly recording: Recording | undefined;
}

/** Plots show so many spans at most. */
const mostSpans = 336;

/** @throws Error that names the run, if one fails */
export function carryOut(task: Task): readonly Run[] {
  const { demand, conditions } = task;
  const minutes = demand.steps.length;
  const market = cachedMarket(task.market.kind, task.market.seed, minutes);
  const bounds = boundsOf(demand, market);
  return task.policies.map((name) => {
    const recording = task.recorded.includes(name)
      ? newRecording(minutes, Math.ceil(minutes / mostSpans))
      : undefined;
    const figures = naming(`${demand.name} on ${market.name} with ${name}`, () =>
      runBacktest({
        demand,
        market,
        policy: policies[name],
        options: conditions,
        bounds,
        ...(recording === undefined ? {} : { recording }),
      }),
    );
    return {
      trace: demand.name,
      market: market.name,
      marketKind: task.market.kind,
      policy: name,
      figures,
      highestPrice: policies[name].startBuyer(conditions).highestPrice,
      recording,
    };
  });
}

/** Says which run it was that failed. */
function naming(run: string, work: () => RunFigures): RunFigures {
  try {
    return work();
  } catch (error) {
    throw new Error(`${run}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

const markets = new Map<string, OrderBook>();

/** Making a market takes longer than a short run on it. */
function cachedMarket(kind: MarketKind, seed: number, minutes: number): OrderBook {
  const key = `${kind}-${seed}-${minutes}`;
  const market = markets.get(key) ?? openMarket(kind, seed, minutes);
  markets.set(key, market);
  return market;
}
