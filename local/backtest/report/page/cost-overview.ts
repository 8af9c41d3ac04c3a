import { escapeText } from '../../../plots/escape-text.ts';
import type { MarketKind } from '../../market/markets.ts';
import { marketKinds } from '../../market/markets.ts';
import { policyNames } from '../../policies/catalogue.ts';
import type { Run } from '../../runner/task.ts';

/** The axis, cost against the bound: logarithmic, and everything beyond at its end. */
const lowest = 0.9;
const highest = 64;
const ticks = [1, 1.5, 2, 4, 8, 16, 32];

const width = 1000;

/** For each kind of market a row per policy, with a stroke for each run at its cost against the bound. */
export function costOverview(runs: readonly Run[]): string {
  return marketKinds.map((kind) => overviewOf(runs, kind)).join('\n');
}

function overviewOf(runs: readonly Run[], kind: MarketKind): string {
  const rows = policyNames.flatMap((policy) => {
    const costs = runs
      .filter((run) => run.policy === policy && run.marketKind === kind)
      .flatMap(({ figures }) => figures.costToBound ?? []);
    return costs.length === 0 ? [] : [row(policy, costs)];
  });
  if (rows.length === 0) return '';
  const labels = ticks.map((tick) => `<span style="left:${(placeOf(tick) / width) * 100}%">${tick}</span>`);
  return `<div class="strip"><h3>${kind} market</h3>${rows.join('\n')}
<div class="row"><span></span><div class="ticks" aria-hidden="true">${labels.join('')}</div></div></div>`;
}

function row(policy: string, costs: readonly number[]): string {
  const grid = ticks.map((tick) => `M${placeOf(tick)} 0v20`).join('');
  const strokes = costs.map((cost) => `M${placeOf(cost)} 4v12`).join('');
  const words = `${costs.length} runs of ${policy}: ${costs.map((cost) => cost.toFixed(3)).join(', ')}`;
  return `<div class="row"><span>${escapeText(policy)}</span><svg viewBox="0 0 ${width} 20" preserveAspectRatio="none" role="img" aria-label="${escapeText(words)}"><title>${escapeText(words)}</title><path class="grid" d="${grid}"/><path class="run" d="${strokes}"/></svg></div>`;
}

function placeOf(cost: number): number {
  const share = Math.log(Math.min(highest, Math.max(lowest, cost)) / lowest) / Math.log(highest / lowest);
  return Math.round(share * width);
}
