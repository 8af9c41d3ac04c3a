import type { Clock } from '../../shared/time/clock.ts';

/** A clock that moves only when somebody waits or moves it. */
export interface VirtualClock extends Clock {
  advance(milliseconds: number): void;
}

export const testEpoch = Date.parse('2026-11-23T12:00:00.000Z');

export function createVirtualClock(start = testEpoch): VirtualClock {
  let time = start;
  return {
    now: () => time,
    wait: async (milliseconds) => {
      time += milliseconds;
    },
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}
