import { maximum, minimum, type Units } from '../../ledger/decimal.ts';
import { isOver, type Reservation } from './reservation.ts';

/** Units live four hours: what is there longer before a window says nothing about the window. ms */
const longestAheadMs = 4 * 60 * 60_000;

/** A reservation as it was and as a check has found it. */
export interface ReservationChange {
  readonly before: Reservation;
  readonly after: Reservation;
}

/**
 * What a balance says about reservations of its instrument: before their window how much is ready, at the first check
 * within it whether it was met. The reservation that begins first is served first, and only what is left counts for the
 * next. Reservations that are cancelled, over, or further ahead than Units live are left alone.
 *
 * @param usable Units that an application can use
 * @param now ms since the epoch, when the balance was read
 * @returns those of which something has changed
 */
export function assessReservations(
  reservations: readonly Reservation[],
  usable: Units,
  now: number,
): readonly ReservationChange[] {
  const due = reservations.filter(
    (one) => one.outcome !== 'cancelled' && !isOver(one, now) && one.neededFrom - now <= longestAheadMs,
  );
  let left = maximum(usable, 0n);
  const changes: ReservationChange[] = [];
  for (const before of due.toSorted(byBeginning)) {
    const ready = minimum(before.units, left);
    left -= ready;
    const after = assess(before, ready, now);
    if (after !== before) changes.push({ before, after });
  }
  return changes;
}

/** The next version of a reservation for which so much is ready; the same one if that says nothing new. */
function assess(before: Reservation, ready: Units, now: number): Reservation {
  const hasBegun = now >= before.neededFrom;
  const isReady = ready === before.units;
  const isFirstCheck = hasBegun && before.outcome === 'open';
  const isMetNow = hasBegun && isReady && before.metAt === undefined;
  if (!isFirstCheck && !isMetNow && ready === before.readyUnits) return before;
  return {
    ...before,
    version: before.version + 1,
    checkedAt: now,
    readyUnits: ready,
    ...(isFirstCheck
      ? { outcome: isReady ? ('met' as const) : ('missed' as const), missingUnits: before.units - ready }
      : {}),
    ...(isMetNow ? { metAt: now } : {}),
  };
}

function byBeginning(a: Reservation, b: Reservation): number {
  return (
    a.neededFrom - b.neededFrom || a.createdAt - b.createdAt || (a.reservationId < b.reservationId ? -1 : 1)
  );
}
