import type { AdaptiveSettings } from './parameters.ts';
import type { TopUpState } from './state.ts';

export interface Levels { danger: number; reorder: number; level: number; rate: number }
export function levelsOf(p: AdaptiveSettings, s: TopUpState, lastRate: number): Levels {
  const rate = Math.max(s.fastRate, 0.7 * lastRate);
  const R = p.reviewMinutes; const f = s.forecast;
  const warm = p.minimumUnits;
  const S = Math.max(warm, rate * (R + p.coverMinutes), f.level);
  const reorder = Math.max(warm, rate * (R + p['reorderMinutes']!), Math.min(S, p.headroom * Math.max(f.peak4, f.short)));
  const danger = p.limitFirst ? Math.max(warm / 2, Math.min(reorder, rate * (R + p.dangerMinutes) * p.headroom)) : reorder;
  return { danger, reorder, level: Math.max(S, reorder), rate };
}
