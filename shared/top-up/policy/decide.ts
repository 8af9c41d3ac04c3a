import type { TopUpDecision, TopUpObservation, PlannedOrder } from './contract.ts';
import { defaults, type AdaptiveSettings, type TopUpParameters } from './parameters.ts';
import type { TopUpState } from './state.ts';
import { firstState, observeDemand } from './demand.ts';
import { forecastDemand } from './forecast.ts';
import { levelsOf } from './levels.ts';

const up = (x: number) => Math.ceil(x - 1e-9);
export function decideTopUp(parameters: TopUpParameters, previous: TopUpState | undefined, o: TopUpObservation): TopUpDecision<TopUpState> {
  const p = { ...defaults, ...parameters } as AdaptiveSettings & TopUpParameters;
  const seen = observeDemand(p, previous ?? firstState(o.now), o);
  let state = seen.state;
  if (state.bucket.index !== state.forecast.bucket) state = { ...state, forecast: forecastDemand(p, state) };
  const lv = levelsOf(p, state, seen.lastRate);
  const balance = Number(o.balance) + Number(o.inTransit ?? 0);
  const max = Number(p.maximumPrice), tick = Number(p.priceTick);
  const bid = o.bestBid === null ? null : Number(o.bestBid), ask = o.bestAsk === null ? null : Number(o.bestAsk);
  const cancels: string[] = []; const orders: PlannedOrder[] = [];
  const usable = balance;
  const urgent = usable < lv.danger - 1e-9;
  const limit = urgent && ask !== null && ask > max + 1e-9 && p.emergencyPrice !== undefined ? Number(p.emergencyPrice) : max;
  let open = 0; let patientOpen = false, urgentOpen = false;
  for (const x of o.openOrders) {
    const price = Number(x.limitPrice); const age = (o.now - x.placedAt) / 60000;
    const isPatient = x.purpose === 'patient';
    const drop = isPatient ? urgent || age >= p.patienceMinutes || (bid !== null && price < bid - 1e-9) : price < limit - 1e-9 && urgent;
    if (drop) cancels.push(x.orderId); else { open += x.remaining; if (isPatient) patientOpen = true; else urgentOpen = true; }
    if (p['strictSlots'] && drop) { if (isPatient) patientOpen = true; else urgentOpen = true; }
  }
  const position = usable + open;
  if (urgent || !p.limitFirst) {
    if (!urgentOpen && position < (p.limitFirst ? lv.danger : lv.reorder) - 1e-9) orders.push({ purpose: 'urgent', quantity: Math.max(1, up((p.limitFirst ? lv.reorder : lv.level) - position)), limitPrice: limit.toFixed(2) });
  } else if (!patientOpen && bid !== null && position < lv.level - 1 + 1e-9 || (!patientOpen && position < lv.reorder)) {
    const quantity = Math.max(1, Math.floor(lv.level - position));
    orders.push({ purpose: 'patient', quantity, limitPrice: Math.min(max, Math.round(((bid ?? 0) + tick) * 100) / 100).toFixed(2) });
  }
  return { state, cancels, orders, explanation: { reason: urgent ? 'danger' : orders.length ? 'reorder' : 'enough', words: '', figures: { danger: lv.danger, reorder: lv.reorder, level: lv.level, rate: lv.rate, position }, boundBy: null } };
}
