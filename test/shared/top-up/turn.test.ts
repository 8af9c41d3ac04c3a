import fc from 'fast-check';
import { expect, it } from 'vitest';
import { turnOf } from '../../../shared/top-up/turn.ts';
import { scheduledTick } from '../../support/threshold-instrument.ts';
import { testEpoch } from '../../support/virtual-clock.ts';

const minute = 60_000;
const everyMinutes = fc.integer({ min: 1, max: 60 });
const count = fc.integer({ min: 1, max: 50 });

/** Turns of so many firings in a row. */
function turnsOf(firings: number, every: number, instruments: number, first: number): number[] {
  return Array.from({ length: firings }, (_, firing) =>
    turnOf(
      { ...scheduledTick(testEpoch + first + firing * every * minute), everyMinutes: every },
      instruments,
    ),
  );
}

it('comes to every instrument once in as many firings as there are instruments, however far apart these are', () => {
  fc.assert(
    fc.property(everyMinutes, count, fc.nat(100_000_000), (every, instruments, first) => {
      const turns = turnsOf(instruments, every, instruments, first);
      expect(turns.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: instruments }, (_, index) => index),
      );
    }),
  );
});

it('comes to every instrument as often as to any other, though checks are lost', () => {
  fc.assert(
    fc.property(everyMinutes, fc.integer({ min: 2, max: 20 }), fc.nat(1_000), (every, instruments, seed) => {
      const rounds = 400;
      // Every check is lost with the same chance, whichever it is.
      const isKept = (firing: number) => ((firing + seed) * 2_654_435_761) % 4_294_967_296 > 858_993_459;
      const kept = turnsOf(rounds * instruments, every, instruments, 0).filter((_, firing) => isKept(firing));
      const visits = Array.from({ length: instruments }, (_, index) => kept.filter((one) => one === index));
      for (const { length } of visits) expect(Math.abs(length / rounds - 0.8)).toBeLessThan(0.1);
    }),
    { numRuns: 50 },
  );
});

it('is taken for a minute apart where nobody says how far apart checks are', () => {
  const turns = [0, 1, 2, 3].map((firing) => turnOf(scheduledTick(testEpoch + firing * minute), 3));
  expect(turns[3]).toBe(turns[0]);
  expect(new Set(turns).size).toBe(3);
});
