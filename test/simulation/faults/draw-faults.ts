import type { TransferCount } from '../exchange/holdings.ts';
import type { Random } from '../kernel/random.ts';
import type { FaultClass, FaultName, FaultPlan } from './fault-plan.ts';

/** The strongest that each fault gets. Within the design's assumptions unless a class says otherwise. */
const strongest: Readonly<Omit<FaultPlan, (typeof chosen)[number]>> = {
  storeFailsBefore: 0.2,
  storeFailsAfter: 0.2,
  storeConflict: 0.4,
  storeLeavesUnread: 0.5,
  storeIsSlow: 0.2,
  storeOutagesPerHour: 12,
  kill: 0.7,
  freeze: 0.5,
  keyMissing: 0.3,
  requestLost: 0.5,
  requestStalled: 0.5,
  notSent: 0.3,
  answerLost: 0.6,
  answerSpoilt: 0.6,
  refusal: 0.4,
  lyingRefusal: 0.4,
  rejectedAfterAcceptance: 0.3,
  expiry: 0.4,
  twin: 0,
  admissionLagMs: 20_000,
  listLagMs: 20_000,
  fillDelayMs: 120_000,
  bookMoves: 0.6,
  cancelRaceMs: 20_000,
  balanceLagMs: 600_000,
  transferDelayMs: 600_000,
  ordersOfOthersPerHour: 6,
  readFails: 0.4,
  scanIncomplete: 0.5,
  clientIdHidden: 0.5,
  costHidden: 0.7,
  suspensionsPerHour: 4,
  tickTwice: 0.4,
  tickLate: 0.4,
  pausesPerHour: 6,
  stopWhileSending: 0.8,
  settingsChange: 0.3,
};

/** Faults of the matrix that are not left to chance: each is tried alone. */
const chosen = [
  'exchangeFails',
  'statusUnknown',
  'keyRefusalsPerHour',
  'keyChangesPerHour',
  'orphansPerHour',
] as const;

/** Faults that would drown the others if they were as frequent. */
const rare: ReadonlySet<FaultName> = new Set([
  'clientIdHidden',
  'keyMissing',
  'suspensionsPerHour',
  'ordersOfOthersPerHour',
]);
const usualProbability = 0.35;
const rareProbability = 0.08;
const longestAdmissionLagMs = 30 * 60_000;

/** What is known of how late balances are. */
export interface BalanceLag {
  readonly transferCount: TransferCount;
  /** As it is configured. */
  readonly seconds: number;
}

/** Every fault off. */
export function noFaults(): FaultPlan {
  return Object.fromEntries([...drawnNames(), ...chosen].map((name) => [name, 0])) as unknown as FaultPlan;
}

/** A random subset of the faults at random strength: rare conjunctions need few faults at once, and strong ones. */
export function drawFaults(random: Random, faultClass: FaultClass, lag: BalanceLag): FaultPlan {
  const plan = noFaults();
  for (const name of drawnNames()) {
    const isOn = random.chance(rare.has(name) ? rareProbability : usualProbability);
    const strength = random.pick([1, 2]) === 1 ? random.next() : random.next() ** 3;
    if (isOn) plan[name] = strongest[name] * strength;
  }
  if (lag.transferCount !== 'counts') keepWithin(plan, lag.seconds * 1_000);
  if (faultClass === 'B' && random.chance(0.8)) plan.admissionLagMs = longestAdmissionLagMs * random.next();
  if (faultClass === 'D') plan.twin = 0.1 + 0.5 * random.next();
  // Only its client order id tells whose an order is that a restored table does not know.
  if (faultClass === 'R') plan.clientIdHidden = 0;
  return plan;
}

/** Where nothing counts what comes in, a fill is assumed to be in the balance after the configured time. */
function keepWithin(plan: FaultPlan, lagMs: number): void {
  const { balanceLagMs, transferDelayMs } = plan;
  const scale = Math.min(1, lagMs / Math.max(1, balanceLagMs + transferDelayMs));
  plan.balanceLagMs = balanceLagMs * scale;
  plan.transferDelayMs = transferDelayMs * scale;
}

function drawnNames(): readonly (keyof typeof strongest)[] {
  return Object.keys(strongest) as (keyof typeof strongest)[];
}
