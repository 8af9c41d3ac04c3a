import type { AdaptiveSettings } from './parameters.ts';
import type { Forecast, TopUpState } from './state.ts';
import { bucketsPerDay, timeline } from './history.ts';
import { quantile } from './statistics.ts';

/** Analogous moments of the past: what was used after them. */
export function forecastDemand(p: AdaptiveSettings, s: TopUpState): Forecast {
  const { units: u } = timeline(s, s.startedAt, p.historyDays);
  const n = u.length;
  const needB = Math.max(1, Math.ceil(p.needMinutes / 5)), lifeB = Math.floor(p.lotLifeMinutes / 5);
  const c = new Float64Array(n + 1), unk = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) { c[i + 1] = c[i]! + Math.max(0, u[i]!); unk[i + 1] = unk[i]! + (u[i]! < 0 ? 1 : 0); }
  const meanB = n ? c[n]! / n : 0;
  const e1 = 0.1 * meanB * 3 + 0.005, e2 = 0.1 * meanB * 12 + 0.02;
  const lg1 = (i: number) => Math.log(c[i]! - c[Math.max(0, i - 3)]! + e1), lg2 = (i: number) => Math.log(c[i]! - c[Math.max(0, i - 12)]! + e2);
  const now1 = lg1(n), now2 = lg2(n);
  const dist = new Float64Array(n + 1).fill(Infinity);
  const step = p['step'] ?? 2;
  for (let i = n - needB; i >= 6; i -= step) {
    const gap = (n - i) % bucketsPerDay; const tod = Math.min(gap, bucketsPerDay - gap);
    dist[i] = Math.abs(lg1(i) - now1) + p['w2']! * Math.abs(lg2(i) - now2) + p['wt']! * Math.min(1, tod / 36) + p['wage']! * ((n - i) / bucketsPerDay);
  }
  const pick = (horizon: number): number[] => {
    const cand: number[] = [];
    for (let i = 6; i + horizon <= n; i++) if (dist[i]! < Infinity && unk[i + horizon]! === unk[Math.max(0, i - 3)]!) cand.push(dist[i]!);
    if (cand.length === 0) return [];
    const k = Math.min(p.neighbours, Math.max(8, Math.floor(cand.length / 4)), cand.length);
    const limit = Float64Array.from(cand).sort()[k - 1]!;
    const out: number[] = [];
    for (let i = 6; i + horizon <= n; i++) if (dist[i]! <= limit && unk[i + horizon]! === unk[Math.max(0, i - 3)]!) out.push(c[i + horizon]! - c[i]!);
    return out.sort((a, b) => a - b);
  };
  const need = pick(needB), life = pick(lifeB), urgent = pick(1);
  const r = s.recent.units; const peak = peakOf(r, 5, p.peakQuantile);
  const slow = s.slowRate;
  const lifeD = life.length >= 8 ? life : [p['prior']! * slow * p.lotLifeMinutes];
  const needD = [...need, peak].sort((a, b) => a - b);
  const level = search(p, needD, lifeD, slow);
  return { bucket: s.bucket.index, level, short: quantile(urgent, p.peakQuantile), peak4: peakOf(r, 4, p.peakQuantile), sure: quantile(lifeD, 0.1) };
}
export function peakOf(r: readonly number[], h: number, q: number): number {
  if (r.length < h) return r.length ? (r.reduce((a, b) => a + b, 0) * h) / r.length : 0;
  let t = 0; const out = new Float64Array(r.length - h + 1);
  for (let i = 0; i < r.length; i++) { t += r[i]!; if (i >= h) t -= r[i - h]!; if (i >= h - 1) out[i - h + 1] = t; }
  return quantile(out.sort(), q);
}
function search(p: AdaptiveSettings, need: readonly number[], life: readonly number[], slow: number): number {
  const h = p.needMinutes, rr = Math.max(slow, 1e-9);
  const justified = (y: number) => {
    let w = 0; for (const d of life) w += Math.min(1, Math.max(0, y + 1 - d)); w /= life.length;
    let b = 0; for (const d of need) { const x = d * p.headroom - y; if (x > 0) b += Math.min(1, x * p['amp']!); } b /= need.length;
    const hold = Math.min(p.lotLifeMinutes, Math.max(h, y / rr));
    return p.shortageCost * b + p.patienceGain >= (w * h) / hold;
  };
  if (!justified(0)) return 0;
  let lo = 0; let hi = Math.max(1, quantile(life, 0.9));
  if (justified(hi)) return hi;
  for (let k = 0; k < 12; k++) { const m = (lo + hi) / 2; if (justified(m)) lo = m; else hi = m; }
  return lo;
}
