import { watchExchange } from '../../../shared/orders/watch-exchange.ts';
import { checkBalances } from '../../../shared/top-up/check-balances.ts';
import type { ToppedUpInstrument } from '../../../shared/top-up/review-instrument.ts';
import type { Scenario } from '../world/scenario.ts';
import type { World } from '../world/world.ts';
import type { Platform } from './invoke.ts';
import type { ServicePorts } from './ports.ts';
import { stage } from './stage.ts';

const tickTimeoutMs = 90_000;
const hourMs = 3_600_000;

/** Delivers the tick that was due at a time: once, twice, or late, as schedulers do. */
export function deliverTick(world: World, platform: Platform, dueAt: number): void {
  const { random, faults, kernel } = world;
  const deliver = (): void => runTick(world, platform, dueAt);
  const lateMs = random.chance(faults.tickLate)
    ? random.integer(1_000, random.pick([120_000, 120_000, 6 * hourMs]))
    : 0;
  kernel.schedule(lateMs, deliver);
  if (random.chance(faults.tickTwice)) kernel.schedule(random.integer(0, 90_000), deliver);
}

/** As the deployed function does it: a check that cannot be counted is not counted. */
async function watch(ports: ServicePorts, scheduledTime: string): Promise<void> {
  try {
    await watchExchange(ports, ports.health(), scheduledTime);
  } catch (error) {
    ports.log.error('exchange-watch-failed', { error: error instanceof Error ? error.name : 'unknown' });
  }
}

/** As they are configured. */
function toppedUp({ instruments, balanceLagSeconds }: Scenario): readonly ToppedUpInstrument[] {
  return instruments.map((instrument) => ({ ...instrument, balanceLagMs: balanceLagSeconds * 1_000 }));
}

function runTick(world: World, platform: Platform, dueAt: number): void {
  world.statistics.ticks += 1;
  platform.invoke({
    name: 'tick',
    timeoutMs: tickTimeoutMs,
    usualCalls: 25,
    handle: async (ports) => {
      const tick = {
        stage,
        scheduleArn: 'arn:aws:scheduler:::schedule/balance-check',
        scheduledTime: new Date(dueAt).toISOString(),
        trigger: 'schedule',
        refused: new Set<string>(),
      } as const;
      const startedAt = world.kernel.now();
      const { audit } = await checkBalances(ports, tick, toppedUp(world.scenario));
      world.facts.lastCheck = { startedAt, audit };
      await watch(ports, tick.scheduledTime);
    },
  });
}
