import { formatUsd } from '../../../shared/ledger/decimal.ts';
import type { BuyingLimits } from '../../../shared/orders/buying-limits.ts';
import { deploymentTag } from '../../../shared/orders/order-id.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import type { Scenario } from '../world/scenario.ts';
import type { World } from '../world/world.ts';
import { stage } from './stage.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * Sellers come, Units are used, markets close, the store goes away, others buy: until a time. The administrator stays for
 * longer, to look at one finding after the other.
 */
export function startSurroundings(world: World, until: number, administratorUntil: number): void {
  for (const { limits } of world.scenario.instruments) {
    repeat(world, until, world.scenario.sellersEveryMs, () => comeSeller(world, limits.marketId));
    repeat(world, until, minuteMs, () => useUnits(world, limits.marketId));
    repeat(world, until, perHour(world.faults.ordersOfOthersPerHour), () => orderByOthers(world, limits));
    repeat(world, until, perHour(world.faults.orphansPerHour), () => orderWithoutRecord(world, limits));
    repeat(world, until, perHour(world.faults.suspensionsPerHour), () => suspend(world, limits.marketId));
  }
  repeat(world, until, perHour(world.faults.keyRefusalsPerHour), () => refuseKeys(world));
  repeat(world, until, perHour(world.faults.keyChangesPerHour), () => changeKey(world));
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

/** Many small ones fill an order in many parts. */
function comeSeller({ random, exchange, scenario }: World, marketId: string): void {
  const price = BigInt(random.integer(80, 260)) * 1_000_000n;
  exchange.offer(marketId, BigInt(random.integer(1, scenario.mostUnitsOfSeller)), price);
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
    marketId: limits.marketId,
    quantity: BigInt(random.integer(1, 5)),
    limitPrice: limits.maximumPrice,
    timeInForce: 'gtc',
  });
}

/** As a bad deployment would leave it, or a person who sends an order under one of our ids. */
function orderWithoutRecord({ random, exchange }: World, limits: BuyingLimits): void {
  const suffix = Array.from({ length: 22 }, () => random.pick(['a', 'b', 'c', 'd'])).join('');
  exchange.receiveFromOthers(
    {
      marketId: limits.marketId,
      quantity: 1n,
      limitPrice: limits.priceTick,
      timeInForce: 'gtc',
    },
    `g1a-${deploymentTag(stage)}${suffix}`,
  );
}

/** The account may not trade, or its key was revoked: some minutes later all is well again. */
function refuseKeys({ random, exchange, kernel, journal }: World): void {
  exchange.refusesKeysBefore = Number.POSITIVE_INFINITY;
  journal.write('exchange.refuses-keys', '');
  kernel.schedule(random.integer(4 * minuteMs, 8 * minuteMs), () => {
    exchange.refusesKeysBefore = 0;
  });
}

/** A new key is in the secret and registered; the old one is revoked at once or a while later. */
function changeKey({ random, exchange, kernel, journal }: World): void {
  const changedAt = kernel.now();
  kernel.schedule(random.pick([0, 1]) * random.integer(1, 4 * minuteMs), () => {
    exchange.refusesKeysBefore = changedAt;
    journal.write('exchange.revokes-key', '');
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

/** An order or a transfer was recorded: somebody may stop all buying before it is claimed, or before it arrives. */
export function mayStopWhileSending(world: World): void {
  const { random, faults, kernel, scenario } = world;
  if (scenario.mode === 'LIVE' && random.chance(faults.stopWhileSending))
    kernel.schedule(random.integer(0, random.pick([50, 2_000])), () => stop(world));
}

/** Somebody has read the settings, to decide by them: an administrator may change them meanwhile. */
export function mayChangeSettings(world: World): void {
  const { random, faults, kernel, facts, scenario } = world;
  if (facts.isSettling || !random.chance(faults.settingsChange)) return;
  kernel.schedule(random.integer(0, random.pick([60, 5_000])), () => changeSettings(world, scenario));
}

/** Tighter for one instrument or for all orders, or as the stage has it again. */
function changeSettings({ random, store, journal, facts }: World, { instruments }: Scenario): void {
  if (facts.isSettling) return;
  const { symbol, maximumPrice } = random.pick(instruments).limits;
  const changes = random.pick<Partial<Settings>>([
    { spendingLimits: {}, instruments: {} },
    { spendingLimits: { perOrder: formatUsd(maximumPrice * 2n) } },
    { instruments: { [symbol]: { paused: true } } },
    { instruments: { [symbol]: { maximumPrice: formatUsd(maximumPrice / 2n) } } },
  ]);
  store.set(changes);
  journal.write('administrator', `sets ${JSON.stringify(changes)}`);
}

/** By the mode or by the breaker, for a while. */
function stop({ random, store, kernel, journal, facts, scenario }: World): void {
  if (facts.isSettling || facts.restore === 'recovering' || scenario.mode !== 'LIVE') return;
  const how = random.pick(['PAUSED', 'DRY_RUN', 'BREAKER'] as const);
  journal.write('administrator', how);
  if (how === 'BREAKER') store.openBreaker(kernel.now());
  else store.set({ mode: how });
  kernel.schedule(random.integer(1_000, 5 * minuteMs), () => {
    if (facts.isSettling) return;
    if (how === 'BREAKER') store.closeBreaker();
    else store.set({ mode: 'LIVE' });
    journal.write('administrator', `ends ${how}`);
  });
}

/** The administrator has looked at what opened the breaker, and goes on. */
function closeBreaker({ store, journal, facts }: World): void {
  // While a restored table is recovered, that is closed when it is through, and not before.
  if (!store.isBreakerOpen || facts.restore === 'recovering') return;
  store.closeBreaker();
  journal.write('administrator', 'closes the breaker');
}
