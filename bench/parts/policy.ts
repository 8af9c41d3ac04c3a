import { catalogue } from '../../local/backtest/demand/catalogue.ts';
import { openMarket } from '../../local/backtest/market/markets.ts';
import { type PolicyName, policies } from '../../local/backtest/policies/catalogue.ts';
import { usualConditions } from '../../local/backtest/simulate/conditions.ts';
import { simulate as passDemand } from '../../local/backtest/simulate/simulate.ts';
import { simulate } from '../../test/simulation/run.ts';
import { faultClassOf } from '../../test/simulation/runner/fault-class-of.ts';
import type { Part } from '../part.ts';
import type { Column, PartReport, Row } from '../report/report.ts';

const names: readonly PolicyName[] = ['script-limit', 'threshold', 'price-aware', 'adaptive'];
const traceNames = ['customer-01', 'customer-11', 'customer-21'];
const simulatedRuns = 40;

/** How quick the policies decide, and how much can be simulated. Both bound what tests can look at. */
export const policy: Part = {
  name: 'policy',
  title: 'decisions per second of each policy, simulated runs per minute',
  run: async ({ onProgress }) => {
    const rows = names.map((name) => {
      onProgress(name);
      return decide(name);
    });
    onProgress('simulation');
    return report(rows, await simulateMany());
  },
};

/** Decisions of a policy over recorded demand, with the model of the market around them. */
function decide(name: PolicyName): Row {
  let decisions = 0;
  const demands = catalogue()
    .filter((entry) => traceNames.includes(entry.name))
    .map((entry) => entry.load());
  const startedAt = performance.now();
  for (const demand of demands) {
    const minutes = demand.steps.length;
    passDemand({
      demand,
      book: openMarket('calm', 1, minutes),
      buyer: policies[name].startBuyer(usualConditions),
      conditions: usualConditions,
    });
    decisions += minutes;
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  return { name, decisions: decisions / seconds, microseconds: (seconds * 1e6) / decisions };
}

/** Whole executions of the order machine with faults, on one processor. @returns how many a minute */
async function simulateMany(): Promise<number> {
  const startedAt = performance.now();
  for (let seed = 1; seed <= simulatedRuns; seed += 1) {
    await simulate({ seed, faultClass: faultClassOf(seed) });
  }
  return simulatedRuns / ((performance.now() - startedAt) / 60_000);
}

function report(rows: readonly Row[], runsPerMinute: number): PartReport {
  return {
    name: policy.name,
    title: 'Policy and simulation',
    tables: [
      { title: 'Decisions over recorded demand, with the model of the market', columns, rows },
      {
        title: 'Simulated runs with faults, on one processor',
        columns: [
          { key: 'name', head: '', meaning: '' },
          { key: 'runs', head: 'a minute', meaning: '' },
        ],
        rows: [{ name: 'runs', runs: runsPerMinute }],
      },
    ],
    goals: [],
  };
}

const columns: readonly Column[] = [
  { key: 'name', head: 'policy', meaning: 'script-limit is the script of the exchange' },
  { key: 'decisions', head: 'per s', meaning: 'decisions per second' },
  { key: 'microseconds', head: 'each', meaning: 'microseconds', places: 1 },
];
