import type { CapacityReservation } from './contract.ts';
import { minuteMs } from './use-history.ts';

/** What a batch that runs has used so far. */
export interface BatchUse {
  /** Units per minute that were usual before it began. */
  readonly usualRate: number;
  /** Units used beyond that. */
  readonly used: number;
}

/** Units that are held for batches beyond the usual demand. */
export interface ReservedUnits {
  /** To be bought while the price is good. */
  readonly wanted: number;
  /** The part of it whose time has come: it has to be there at once. */
  readonly due: number;
}

/** Buying for a batch begins so long before it, */
const buyAheadMinutes = 90;
/** and from here on at any allowed price. */
const certainMinutes = 12;

/** Counts what running batches have used: all use beyond what was usual before they began. */
export function followBatches(
  batches: Readonly<Record<string, BatchUse>>,
  reservations: readonly CapacityReservation[],
  now: number,
  use: { readonly units: number; readonly minutes: number; readonly usualRate: number },
): Readonly<Record<string, BatchUse>> {
  const running = reservations.filter(
    ({ neededFrom, neededUntil }) => neededFrom <= now && now < neededUntil,
  );
  let beyond = Number.POSITIVE_INFINITY;
  const followed: Record<string, BatchUse> = {};
  for (const { reservationId, units } of running) {
    const before = batches[reservationId] ?? { usualRate: use.usualRate, used: 0 };
    beyond = Math.min(beyond, Math.max(0, use.units - before.usualRate * use.minutes));
    const taken = Math.min(beyond, Math.max(0, Number(units) - before.used));
    followed[reservationId] = { ...before, used: before.used + taken };
    beyond -= taken;
  }
  return followed;
}

/** How much has to be held at this moment. */
export function reservedUnits(
  reservations: readonly CapacityReservation[],
  batches: Readonly<Record<string, BatchUse>>,
  now: number,
  lotLifeMinutes: number,
): ReservedUnits {
  let wanted = 0;
  let due = 0;
  for (const reservation of reservations) {
    const left = Math.max(0, Number(reservation.units) - (batches[reservation.reservationId]?.used ?? 0));
    if (!Number.isFinite(left) || now >= reservation.neededUntil) continue;
    if (now >= earliestPurchase(reservation, lotLifeMinutes)) wanted += left;
    if (now >= reservation.neededFrom - certainMinutes * minuteMs) due += left;
  }
  return { wanted: Math.max(wanted, due), due };
}

/** What is bought earlier would expire before the batch is over, or wait for longer than a better price takes. */
function earliestPurchase({ neededFrom, neededUntil }: CapacityReservation, lotLifeMinutes: number): number {
  const usefulFrom = neededUntil - lotLifeMinutes * minuteMs;
  const patient = Math.max(neededFrom - buyAheadMinutes * minuteMs, usefulFrom);
  return Math.min(patient, neededFrom - certainMinutes * minuteMs);
}
