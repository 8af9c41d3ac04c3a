import { type MarketKind, marketKinds } from '../market/markets.ts';
import { cheapestSummary, justInTimeSummary } from '../measures/bound-summary.ts';
import type { RunFigures } from '../measures/run-figures.ts';
import { summarize } from '../measures/summary.ts';
import { policyNames } from '../policies/catalogue.ts';
import type { Run } from '../runner/task.ts';
import type { SummaryRow } from './table.ts';

/** For each kind of market a row per policy that ran, and then who knows everything in advance. */
export function summaryRows(runs: readonly Run[]): readonly SummaryRow[] {
  return marketKinds.flatMap((market) => rowsOf(runs, market));
}

function rowsOf(runs: readonly Run[], market: MarketKind): readonly SummaryRow[] {
  const ran = policyNames
    .map((policy) => ({ policy, figures: figuresOf(runs, market, policy) }))
    .filter(({ figures }) => figures.length > 0);
  // Every policy ran on the same traces, so anyone's runs have all bounds.
  const any = ran[0]?.figures;
  if (any === undefined) return [];
  return [
    ...ran.map(({ policy, figures }) => ({ policy, market, summary: summarize(figures) })),
    { policy: 'just-in-time', market, summary: justInTimeSummary(any) },
    { policy: 'cheapest-4h', market, summary: cheapestSummary(any) },
  ];
}

function figuresOf(runs: readonly Run[], market: MarketKind, policy: string): readonly RunFigures[] {
  return runs
    .filter((run) => run.policy === policy && run.marketKind === market)
    .map(({ figures }) => figures);
}
