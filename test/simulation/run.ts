import { unfinishedForMs } from '../../shared/transfers/units-to-move.ts';
import { noFaults } from './faults/draw-faults.ts';
import type { FaultClass, FaultPlan } from './faults/fault-plan.ts';
import { createRandom } from './kernel/random.ts';
import { callApi } from './workload/api-caller.ts';
import { cancelSome } from './workload/canceller.ts';
import { Platform } from './workload/invoke.ts';
import { reserveSome } from './workload/reserver.ts';
import { scheduleRestore } from './workload/restore.ts';
import { deliverTick } from './workload/schedule.ts';
import { startSurroundings } from './workload/surroundings.ts';
import { drawScenario, type Scenario } from './world/scenario.ts';
import type { Statistics } from './world/statistics.ts';
import { type Violation, World } from './world/world.ts';

export interface RunOptions {
  readonly seed: number;
  readonly faultClass: FaultClass;
  /** Keeps every line of the journal. */
  readonly trace?: boolean;
  /** Faults that are not left to chance. */
  readonly faults?: Partial<FaultPlan> | undefined;
  /** Whether the exchange's client itself is run; left to chance if undefined. */
  readonly overTheWire?: boolean | undefined;
  /** What is not left to chance. */
  readonly scenario?: Partial<Scenario>;
}

export interface RunResult {
  readonly seed: number;
  readonly faultClass: FaultClass;
  readonly violation: Violation | undefined;
  readonly statistics: Statistics;
  /** The same for two runs that took the same course. */
  readonly digest: string;
  readonly trace: readonly string[];
  readonly scenario: Scenario;
}

const minuteMs = 60_000;
/** How late the last order can come to be after the faults are over. */
const latestAdmissionMs: Readonly<Record<FaultClass, number>> = {
  A: 2 * minuteMs,
  B: 31 * minuteMs,
  D: 2 * minuteMs,
  R: 2 * minuteMs,
};
/** Three looks a minute apart after five minutes, the confirmation of an end, and some more. */
const settlingMs = 10 * minuteMs;
/** A transfer that was settled stays unfinished for a while, and is then looked at by the next tick. */
const transferSettlingMs = (balanceLagSeconds: number): number =>
  unfinishedForMs(balanceLagSeconds * 1_000) + 2 * minuteMs;
/** Ticks that may still buy after the faults are over; where a restored table is recovered only then, it takes its time. */
const healthyBuyingMs: Readonly<Record<FaultClass, number>> = {
  A: 3 * minuteMs,
  B: 3 * minuteMs,
  D: 3 * minuteMs,
  R: 15 * minuteMs,
};
const nearTickMs = 4_000;
/** When nothing is bought any more, fewer ticks find out as much. */
const settlingTickMs = 2 * minuteMs;

/** One seed, one execution: faults while callers and the schedule are at work, then healing, then everything must agree. */
export async function simulate(options: RunOptions): Promise<RunResult> {
  const { seed, faultClass } = options;
  const random = createRandom(seed);
  const drawn = drawScenario(random, faultClass);
  const { overTheWire = drawn.overTheWire } = options;
  const asked = { ...drawn, overTheWire, ...options.scenario };
  const scenario = { ...asked, faults: { ...asked.faults, ...options.faults } };
  const world = new World(scenario, random, options.trace ?? false);
  const platform = new Platform(world);
  const activeUntil = scenario.startsAt + scenario.activeMs;
  const restMs = healthyBuyingMs[faultClass] + scenario.maximumRestMs;
  const transfersMs = scenario.unitsStayInTrading ? transferSettlingMs(scenario.balanceLagSeconds) : 0;
  const settledAt = activeUntil + Math.max(latestAdmissionMs[faultClass], restMs) + settlingMs + transfersMs;

  scheduleTicks(world, platform, settledAt);
  scheduleCallers(world, platform, activeUntil);
  startSurroundings(world, activeUntil, settledAt);
  world.kernel.schedule(scenario.activeMs, () => heal(world));
  world.kernel.schedule(scenario.activeMs + healthyBuyingMs[faultClass], () => stopBuying(world));
  if (scenario.restore !== undefined) scheduleRestore(world, platform, scenario.restore);
  await world.kernel.run(settledAt, world.afterEvent);
  if (world.violation === undefined) world.checkConvergence();

  const { statistics, violation, journal } = world;
  statistics.runs = 1;
  statistics.events = world.kernel.events;
  statistics.virtualMs = world.kernel.now() - scenario.startsAt;
  statistics.taken = world.exchange.orders.length;
  statistics.transfersTaken = world.exchange.transfers.taken.length;
  countTwins(world);
  return { seed, faultClass, violation, statistics, digest: journal.digest, trace: journal.lines, scenario };
}

function scheduleTicks(world: World, platform: Platform, until: number): void {
  const { kernel, scenario } = world;
  const start = kernel.now();
  const buysUntil = scenario.startsAt + scenario.activeMs + healthyBuyingMs[scenario.faultClass];
  let dueAt = Math.ceil(start / minuteMs) * minuteMs;
  while (dueAt < until) {
    const due = dueAt;
    kernel.schedule(due - start, () => deliverTick(world, platform, due));
    dueAt += due < buysUntil ? minuteMs : settlingTickMs;
  }
}

/** Half of the calls come within seconds of a tick, where conjunctions are. */
function scheduleCallers(world: World, platform: Platform, until: number): void {
  const { kernel, random, scenario } = world;
  const start = kernel.now();
  const buysUntil = until + healthyBuyingMs[scenario.faultClass];
  const drawDelay = (): number => {
    const time = random.integer(start, until);
    if (random.chance(0.5)) return time - start;
    const tick = Math.round(time / minuteMs) * minuteMs;
    return tick - start + random.integer(-nearTickMs, nearTickMs);
  };
  for (let wish = 0; wish < scenario.apiOrders; wish += 1) {
    kernel.schedule(drawDelay(), () => callApi(world, platform, wish, buysUntil));
    if (random.chance(0.4)) kernel.schedule(drawDelay(), () => cancelSome(world, platform));
  }
  for (let wish = 0; wish < scenario.reservations; wish += 1)
    kernel.schedule(drawDelay(), () => reserveSome(world, platform, wish));
}

/** Faults are over, the store is there, and buying is as the stage has it. */
function heal(world: World): void {
  Object.assign(world.faults, noFaults());
  world.outages.until = 0;
  world.exchange.refusesKeysBefore = 0;
  const isRecovering = world.facts.restore === 'recovering';
  if (!isRecovering) world.store.closeBreaker();
  const { mode } = isRecovering ? world.store.settings : world.scenario;
  world.store.set({ mode, spendingLimits: {}, instruments: {} });
  world.journal.write('healed');
}

/** What is there can settle only if nothing new comes. */
function stopBuying(world: World): void {
  world.facts.isSettling = true;
  world.store.set({ mode: 'PAUSED' });
}

/** A twin is noticed when buying was stopped because of it. */
function countTwins({ exchange, facts, statistics }: World): void {
  const counts = Map.groupBy(exchange.orders, (order) => order.terms.clientOrderId);
  for (const [clientOrderId, orders] of counts) {
    if (orders.length < 2) continue;
    statistics.twins += orders.length - 1;
    if (facts.breakerReferences.has(clientOrderId)) statistics.twinsDetected += orders.length - 1;
  }
}
