import type { Invocation } from '../invocation/invocation.ts';
import type { World } from '../world/world.ts';

/** Units are bought so long before a batch needs them. */
const boughtAheadMs = 12 * 60_000;

/** What a check can have found reserved of an instrument, and due: as early and as late as its clock can make it. */
export function reservedFor(
  { facts, kernel, scenario, store }: World,
  instrument: string,
  { startedAt }: Invocation,
): bigint {
  const { skew } = scenario;
  let units = 0n;
  for (const reservation of store.reservations.values()) {
    const cancelledAt = facts.reservationsCancelled.get(reservation.reservationId) ?? Infinity;
    if (reservation.instrument !== instrument || cancelledAt <= startedAt) continue;
    const isDue = reservation.neededFrom - boughtAheadMs <= kernel.now() + skew.most;
    const isOver = reservation.neededUntil <= startedAt + skew.least;
    if (isDue && !isOver) units += reservation.units;
  }
  return units;
}
