import type { Invariant } from './invariant.ts';

/** More than the time between two checks, and what clocks can be off. */
const severalChecksMs = 8 * 60_000;

/** A batch that was not ready must be known to somebody. */
export const reservationsAreJudged: Invariant = {
  number: 'V2',
  sentence:
    'When the faults have stopped, every reservation is met or missed, or was cancelled, once checks have been made within its window.',
  afterHealing: ({ store, scenario, kernel }) => {
    const healedAt = scenario.startsAt + scenario.activeMs;
    for (const { reservationId, outcome, neededFrom, neededUntil } of store.reservations.values()) {
      const checkedUntil = Math.min(neededUntil, kernel.now());
      const isChecked = checkedUntil - Math.max(neededFrom, healedAt) >= severalChecksMs;
      if (isChecked && outcome === 'open') return `${reservationId} is still open`;
    }
    return undefined;
  },
};
