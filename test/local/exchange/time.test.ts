import { describe, expect, it } from 'vitest';
import { createMarketClock } from '../../../local/exchange/clock.ts';
import { createTimeline } from '../../../local/exchange/timeline.ts';
import { startWorld, type World } from './support.ts';

describe('market time', () => {
  it('follows the wall clock, runs faster, or stands still', () => {
    let wall = 1000;
    const clock = createMarketClock({ mode: 'real' }, () => wall);
    wall += 500;
    expect(clock.now()).toBe(1500);
    clock.set({ mode: 'accelerated', factor: 60 });
    wall += 1000;
    expect(clock.now()).toBe(61_500);
    clock.set({ mode: 'stepped' });
    wall += 1_000_000;
    expect(clock.now()).toBe(61_500);
    clock.advance(7);
    expect(clock.now()).toBe(61_507);
  });

  it('never goes back, neither with the wall clock nor by a new start', () => {
    let wall = 1_000_000;
    const clock = createMarketClock({ mode: 'real' }, () => wall);
    wall -= 5000;
    expect(clock.now()).toBe(1_000_000);
    clock.set({ mode: 'stepped', startAt: '1970-01-01T00:00:01Z' });
    expect(clock.now()).toBe(1_000_000);
  });
});

describe('the timeline', () => {
  it('hands out what was planned by time, and at one time in the sequence of planning', () => {
    const timeline = createTimeline();
    const happened: string[] = [];
    const plan = (time: number, name: string) => timeline.plan(time, () => happened.push(name));
    for (const [time, name] of [
      [5, 'e'],
      [1, 'a'],
      [3, 'c'],
      [1, 'b'],
      [4, 'd'],
      [9, 'f'],
    ] as const)
      plan(time, name);
    while (timeline.nextAt() !== undefined) timeline.take()?.happen();
    expect(happened.join('')).toBe('abcdef');
  });
});

/** The best ask every half minute of market time. */
function watch(world: World, times: number): (string | null)[] {
  return Array.from({ length: times }, () => {
    const best = world.admin.book()[0]?.sell[0]?.price ?? null;
    world.admin.setClock({ advanceSeconds: 30 });
    return best;
  });
}

function twoUnitsAt(price: string) {
  return [{ price, quantity: 2 }];
}

describe('the seeded sellers', () => {
  it('let the price wander between its bounds, and come back after they were bought out', async () => {
    const world = await startWorld();
    const seen = watch(world, 60).map(Number);
    expect(new Set(seen).size).toBeGreaterThan(3);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...seen)).toBeLessThanOrEqual(2.1);
    world.admin.setUsd({ available: '100000' });
    const all = await world.buy({ quantity: 10_000, price: '3.00', time_in_force: 'ioc' });
    expect([all.status, world.admin.book()[0]?.sell]).toEqual([201, []]);
    expect(watch(world, 2)[1]).not.toBeNull();
  });

  it('fill an order that rests once they come down to its price', async () => {
    const world = await startWorld();
    world.admin.setSellers({ market: 'chat-prime', lowestPrice: '3.00', highestPrice: '3.00' });
    await world.buy();
    expect(world.admin.truth().orders.live).toBe(1);
    world.admin.setSellers({ market: 'chat-prime', lowestPrice: '2.20', highestPrice: '2.20' });
    expect(world.admin.orders()[0]).toMatchObject({ status: 'filled', value: '2.50' });
  });

  it('spike, thin out and leave, when told how likely that is', async () => {
    const world = await startWorld();
    const calm = { market: 'chat-prime', lowestPrice: '2.00', highestPrice: '2.00' };
    world.admin.setSellers({ ...calm, spikeProbability: 1, spikeFactor: '3', spikeSeconds: 60 });
    expect(watch(world, 1)).toEqual(['6.00']);
    world.admin.setSellers({ market: 'chat-prime', spikeProbability: 0 });
    // The next spike had begun at the last half minute, and lasts a minute.
    expect(watch(world, 3)).toEqual(['6.00', '6.00', '2.00']);
    world.admin.setSellers({ market: 'chat-prime', thinProbability: 1 });
    expect(world.admin.book()[0]?.sell).toMatchObject([{ quantity: '1' }]);
    world.admin.setSellers({ market: 'chat-prime', emptyProbability: 1 });
    expect(watch(world, 2)).toEqual([null, null]);
  });

  it('give way to a script, which runs on market time', async () => {
    const world = await startWorld();
    world.admin.scheduleAsks({
      market: 'chat-prime',
      steps: [
        { afterSeconds: 30, asks: twoUnitsAt('4.00') },
        { afterSeconds: 60, asks: twoUnitsAt('3.50'), replace: false },
        { afterSeconds: 90, asks: [] },
      ],
    });
    expect(watch(world, 5).slice(1)).toEqual(['4.00', '3.50', null, null]);
  });
});

describe('a long stretch of market time', () => {
  it('passes in one step, every half minute of it carried out', async () => {
    const world = await startWorld();
    await world.buy({ quantity: 10 });
    world.admin.setBurn({ instrument: 'chat-prime', unitsPerMinute: '0.01' });
    world.admin.setClock({ advanceSeconds: 30 * 86_400 });
    expect(world.admin.truth()).toMatchObject({
      conserved: true,
      now: '2026-04-01T09:00:00.000Z',
      units: { 'chat-prime': { consumed: '2.4', expired: '7.6', unmet: '429.6' } },
    });
  });

  it('runs by itself when it is accelerated', async () => {
    let wall = Date.parse('2026-03-02T09:00:00Z');
    const world = await startWorld({
      clock: { mode: 'accelerated', factor: 3600 },
      wallClock: () => wall,
      modes: { signatureClock: 'wall', clockOffsetSeconds: Math.round((Date.now() - wall) / 1000) },
    });
    await world.buy();
    wall += 3999;
    expect(world.admin.units()['chat-prime']?.held).toBe('1');
    wall += 1;
    expect(world.admin.units()['chat-prime']).toMatchObject({ held: '0', expired: '1' });
  });
});
