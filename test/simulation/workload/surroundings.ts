import type { BuyingLimits } from '../../../shared/orders/buying-limits.ts';
import type { World } from '../world/world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * Sellers come, Units are used, markets close, the store goes away, others buy: until a time. The administrator stays for
 * longer, to look at one finding after the other.
 */
export function startSurroundings(world: World, until: number, administratorUntil: number): void {
  for (const { limits } of world.scenario.instruments) {
    repeat(world, until, 4 * minuteMs, () => comeSeller(world, limits.marketId));
    repeat(world, until, minuteMs, () => useUnits(world, limits.marketId));
    repeat(world, until, perHour(world.faults.ordersOfOthersPerHour), () => orderByOthers(world, limits));
    repeat(world, until, perHour(world.faults.suspensionsPerHour), () => suspend(world, limits.marketId));
  }
  repeat(world, until, perHour(world.faults.storeOutagesPerHour), () => loseStore(world));
  repeat(world, until, perHour(world.faults.pausesPerHour), () => stop(world));
  repeat(world, until, 10 * minuteMs, () => closeBreaker(world));
  repeat(world, administratorUntil, minuteMs, () => {
    if (world.facts.isSettling) closeBreaker(world);
  });
}

function perHour(times: number): number {
  return times === 0 ? Infinity : hourMs / times;
}

/** Again and again, after times that are `averageMs` on average. */
function repeat(world: World, until: number, averageMs: number, action: () => void): void {
  if (averageMs === Infinity) return;
  const { kernel, random } = world;
  const next = (): void => {
    const waitMs = Math.ceil(random.next() * 2 * averageMs);
    if (kernel.now() + waitMs > until) return;
    kernel.schedule(waitMs, () => {
      action();
      next();
    });
  };
  next();
}

function comeSeller({ random, exchange }: World, marketId: string): void {
  const price = BigInt(random.integer(80, 260)) * 1_000_000n;
  exchange.offer(marketId, BigInt(random.integer(1, 6)), price);
}

function useUnits({ random, exchange, kernel, scenario }: World, marketId: string): void {
  const units = Math.floor(random.next() * scenario.consumptionPerMinute * 100_000_000);
  exchange.market(marketId).holdings.consume(kernel.now(), BigInt(units));
}

/** Told from ours by their client order ids only, so not where none is shown. */
function orderByOthers({ random, exchange, scenario, statistics }: World, limits: BuyingLimits): void {
  if (!scenario.showsClientIds) return;
  statistics.foreignOrders += 1;
  exchange.receiveFromOthers({
    sentType: 'limit',
    marketId: limits.marketId,
    quantity: BigInt(random.integer(1, 5)),
    limitPrice: limits.maximumPrice,
    timeInForce: 'gtc',
  });
}

function suspend({ random, exchange, kernel }: World, marketId: string): void {
  exchange.market(marketId).suspendedUntil = kernel.now() + random.integer(minuteMs, 10 * minuteMs);
}

function loseStore({ random, outages, kernel, journal, statistics }: World): void {
  outages.until = kernel.now() + random.integer(1_000, minuteMs);
  statistics.storeOutages += 1;
  journal.write('store.outage', new Date(outages.until).toISOString());
}

/** An order was recorded: somebody may stop all buying before it is claimed, or before it arrives. */
export function mayStopWhileSending(world: World): void {
  const { random, faults, kernel, scenario } = world;
  if (scenario.mode === 'LIVE' && random.chance(faults.stopWhileSending))
    kernel.schedule(random.integer(0, random.pick([50, 2_000])), () => stop(world));
}

/** By the mode or by the breaker, for a while. */
function stop({ random, store, kernel, journal, facts, scenario }: World): void {
  if (facts.isSettling || scenario.mode !== 'LIVE') return;
  const how = random.pick(['PAUSED', 'DRY_RUN', 'BREAKER'] as const);
  journal.write('administrator', how);
  if (how === 'BREAKER') store.openBreaker(kernel.now());
  else store.setMode(how, kernel.now());
  kernel.schedule(random.integer(1_000, 5 * minuteMs), () => {
    if (facts.isSettling) return;
    if (how === 'BREAKER') store.closeBreaker();
    else store.setMode('LIVE', kernel.now());
    journal.write('administrator', `ends ${how}`);
  });
}

/** The administrator has looked at what opened the breaker, and goes on. */
function closeBreaker({ store, journal }: World): void {
  if (!store.isBreakerOpen) return;
  store.closeBreaker();
  journal.write('administrator', 'closes the breaker');
}
