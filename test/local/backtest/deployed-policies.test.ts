import { describe, expect, it } from 'vitest';
import { regimeDemand } from '../../../local/backtest/demand/regimes.ts';
import { openMarket } from '../../../local/backtest/market/markets.ts';
import { type PolicyName, policies } from '../../../local/backtest/policies/catalogue.ts';
import { runBacktest } from '../../../local/backtest/run-backtest.ts';

const demand = regimeDemand('diurnal', 60, 1, 4);

function figuresOf(policy: PolicyName, kind: 'calm' | 'tight' = 'calm') {
  const market = openMarket(kind, 1, demand.steps.length);
  return runBacktest({ demand, market, policy: policies[policy] });
}

const deployed = ['adaptive', 'marketable', 'safe', 'thrifty', 'threshold', 'price-aware'] as const;

describe('the deployed policies', () => {
  it.each(deployed)('%s keeps its contract and serves what can be served', (name) => {
    for (const kind of ['calm', 'tight'] as const) {
      const { refusedOrders, unserved, demand: wanted, pricedOutMinutesPerDay } = figuresOf(name, kind);
      expect(refusedOrders, kind).toBe(0);
      if (pricedOutMinutesPerDay === 0) expect(unserved / wanted, kind).toBeLessThan(0.05);
    }
  });

  it('cost less than the script, and the patient one less than the one that takes every ask', () => {
    const [adaptive, marketable, script] = (['adaptive', 'marketable', 'script-limit'] as const).map(
      (name) => figuresOf(name).costToBound ?? Number.NaN,
    );
    expect(adaptive).toBeLessThan(script ?? 0);
    expect(adaptive).toBeLessThan(marketable ?? 0);
    expect(marketable).toBeLessThan(script ?? 0);
  });
});
