import { type MarketKind, marketKinds } from '../market/markets.ts';
import { summarize } from '../measures/summary.ts';
import { type PolicyName, policyNames } from '../policies/catalogue.ts';
import type { Run } from '../runner/task.ts';
import type { SummaryRow } from './table.ts';

/** A row for each policy and kind of market that ran. */
export function summaryRows(runs: readonly Run[]): readonly SummaryRow[] {
  return marketKinds.flatMap((market) => policyNames.flatMap((policy) => rowOf(runs, policy, market)));
}

function rowOf(runs: readonly Run[], policy: PolicyName, market: MarketKind): readonly SummaryRow[] {
  const own = runs.filter((run) => run.policy === policy && run.marketKind === market);
  return own.length === 0 ? [] : [{ policy, market, summary: summarize(own.map(({ figures }) => figures)) }];
}
