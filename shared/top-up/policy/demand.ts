import type { AdaptiveSettings } from './parameters.ts';
import type { Lot, TopUpState } from './state.ts';
import type { TopUpObservation } from './contract.ts';
import { minuteMs, recordUse } from './history.ts';

const epsilon = 1e-7;
export function firstState(now: number): TopUpState {
  return { version: 1, at: now, startedAt: now, lots: [], fastRate: 0, slowRate: 0, recent: { until: Math.ceil(now / minuteMs), units: [] }, bucket: { index: -1, units: 0 }, days: {}, forecast: { bucket: -1, level: 0, short: 0, peak4: 0, sure: 0 }, price: { fair: 0, spread: 0, samples: 0, asks: [] }, asleep: false, hookSeen: false };
}
const total = (lots: readonly Lot[]) => lots.reduce((s, l) => s + l.remaining, 0);

export function observeDemand(p: AdaptiveSettings, state: TopUpState, o: TopUpObservation): { state: TopUpState; lastRate: number } {
  const balance = Number(o.balance);
  const lifeMs = p.lotLifeMinutes * minuteMs;
  const lots = [...state.lots, ...o.fills.map((f) => ({ expiresAt: f.at + lifeMs, remaining: f.quantity }))].sort((a, b) => a.expiresAt - b.expiresAt);
  const now = o.now;
  const dt = (now - state.at) / minuteMs;
  if (dt <= 0) return { state: { ...state, lots, at: state.at }, lastRate: 0 };
  const drop = Math.max(0, total(lots) - balance);
  const gone = lots.reduce((s, l) => s + (l.expiresAt <= now ? l.remaining : 0), 0);
  const used = Math.max(0, drop - gone) + Math.min(gone, state.fastRate * dt, drop);
  const hookSeen = state.hookSeen || o.wasRefused === true;
  const empty = balance < epsilon;
  const hidden = empty && used < epsilon && !hookSeen;
  const starved = (empty && (used > epsilon || !hookSeen)) || o.wasRefused === true;
  const rate = starved && !(hidden && state.asleep) ? Math.max(used / dt, state.fastRate, state.slowRate) : used / dt;
  const history = recordUse(state, state.at, now, rate * dt, hidden && state.asleep, p.recentMinutes, p.historyDays);
  const blend = (old: number, half: number) => old + (1 - 0.5 ** (dt / half)) * (rate - old);
  const next: TopUpState = { ...state, ...history, at: now, lots: reconcile(lots, balance, now, lifeMs), fastRate: blend(state.fastRate, p.fastHalfLifeMinutes), slowRate: blend(state.slowRate, p.slowHalfLifeMinutes), hookSeen };
  return { state: next, lastRate: used / dt };
}
function reconcile(lots: readonly Lot[], balance: number, now: number, lifeMs: number): Lot[] {
  const alive = lots.filter((l) => l.expiresAt > now && l.remaining > epsilon);
  let over = total(alive) - balance;
  if (over < -1e-6) return [...alive, { expiresAt: now + lifeMs, remaining: -over }];
  const out: Lot[] = [];
  for (const l of alive) { const q = Math.min(l.remaining, Math.max(0, over)); over -= q; if (l.remaining - q > epsilon) out.push({ expiresAt: l.expiresAt, remaining: l.remaining - q }); }
  return out;
}
