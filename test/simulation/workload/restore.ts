import { verdictDelayMs } from '../../../shared/orders/time-limits.ts';
import { prepareRestoredTable } from '../../../shared/store/restored-table.ts';
import { SimulatedStore, type StoreWatcher } from '../store/simulated-store.ts';
import type { RestorePlan } from '../world/scenario.ts';
import type { Backup, World } from '../world/world.ts';
import type { Platform } from './invoke.ts';
import { openTable } from './ports.ts';

const toolTimeoutMs = 60_000;
const longestPauseMs = 20_000;
const longestWaitForRecordMs = 120_000;
/** Recording, claiming and sending an order usually take less. */
const sendingMs = 1_000;
/** What was sent before the loss is listed by then, or never will be. */
const waitMs = verdictDelayMs;

/** No function uses the table yet, and what is wrong in it is seen when one does. */
const nobodyWatches: StoreWatcher = {
  onWrite: () => undefined,
  onTransferWrite: () => undefined,
  onReservationWrite: () => undefined,
  onBreaker: () => undefined,
  onFirstMemory: () => undefined,
};

/**
 * The table is lost with all that uses it, and restored as it was a while before; then an administrator does what
 * `docs/operations/restore.md` says.
 */
export function scheduleRestore(world: World, platform: Platform, plan: RestorePlan): void {
  const { kernel } = world;
  kernel.schedule(plan.copiedAfterMs, () => {
    let backup = world.takeBackup();
    if (plan.isCopiedAtRecord) {
      world.onNextRecord = () => {
        backup = world.takeBackup();
      };
    }
    kernel.schedule(plan.lostAfterMs - plan.copiedAfterMs, () =>
      atMomentOfLoss(world, plan, () => {
        lose(world, platform);
        kernel.schedule(plan.restoringMs, () => restore(world, platform, backup));
      }),
    );
  });
}

/** Now, or while the next order is on its way out. */
function atMomentOfLoss(world: World, { isLostAtRecord }: RestorePlan, happen: () => void): void {
  const { kernel, random } = world;
  if (!isLostAtRecord) {
    happen();
    return;
  }
  world.onNextRecord = () => kernel.schedule(random.integer(0, sendingMs), happen);
  kernel.schedule(longestWaitForRecordMs, () => {
    if (world.onNextRecord === undefined) return;
    world.onNextRecord = undefined;
    happen();
  });
}

function lose(world: World, platform: Platform): void {
  world.onNextRecord = undefined;
  platform.shutDown();
  world.loseTable();
}

function restore(world: World, platform: Platform, backup: Backup): void {
  const restored = new SimulatedStore(world.scenario.limits, backup.items);
  world.statistics.perhapsSent += pendingIn(restored);
  prepare(world, platform, backup, restored);
}

function pendingIn({ orders }: SimulatedStore): number {
  return [...orders.values()].filter(({ state }) => state === 'PENDING').length;
}

/** The tool is run until it succeeds, and only then are functions pointed at the table. */
function prepare(world: World, platform: Platform, backup: Backup, store: SimulatedStore): void {
  const { kernel, random } = world;
  platform.useTool({
    name: 'restore',
    timeoutMs: toolTimeoutMs,
    usualCalls: 5,
    handle: async (invocation) => {
      const table = openTable(world, invocation, store, nobodyWatches);
      const tools = { ...table, now: invocation.clock.now() };
      await prepareRestoredTable(tools, wholeSeconds(backup.takenAt));
      store.set({ mode: 'PAUSED' });
      world.useRestored(store, backup);
      platform.start();
      watchRecovery(world);
    },
    onFailure: () =>
      kernel.schedule(random.integer(1_000, longestPauseMs), () => prepare(world, platform, backup, store)),
  });
}

/** As the tool is told it. */
function wholeSeconds(time: number): number {
  return Math.floor(time / 1_000) * 1_000;
}

/** The administrator looks again and again, and lets it buy when there is nothing left to take up. */
function watchRecovery(world: World): void {
  const { kernel, random, scenario, facts, journal } = world;
  kernel.schedule(random.integer(1_000, longestPauseMs), () => {
    if (!isRecovered(world)) {
      watchRecovery(world);
      return;
    }
    world.store.closeBreaker();
    world.store.set({ mode: facts.isSettling ? 'PAUSED' : scenario.mode });
    facts.restore = 'over';
    journal.write('administrator', 'ends the recovery');
  });
}

/** Whether a check that began late enough has found nothing more, and nothing is unclear of what was found. */
function isRecovered({ facts, store }: World): boolean {
  const { startedAt = 0, audit } = facts.lastCheck ?? {};
  const hasFoundAll = startedAt >= facts.lostAt + waitMs && audit?.complete === true && audit.adopted === 0;
  return hasFoundAll && [...store.orders.values()].every(({ state }) => state !== 'SUBMITTED');
}
