import { formatUsd, type Usd } from '../ledger/decimal.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import type { CancelReservationResult } from '../top-up/reservations/cancel-reservation.ts';
import type { MakeReservationResult } from '../top-up/reservations/make-reservation.ts';
import { mostCostOf } from '../top-up/reservations/most-cost.ts';
import type { Reservation } from '../top-up/reservations/reservation.ts';
import { type HttpAnswer, jsonAnswer, problemAnswer } from './problem.ts';
import { reservationView } from './reservation-view.ts';

/** What the cost of a reservation is told by. */
export interface ReservationCosts {
  readonly limits: Pick<BuyingLimits, 'maximumPrice' | 'feeBasisPoints'>;
  /** USD that may be spent in a UTC day, on everything. */
  readonly perDay: Usd;
}

/** The answer to `POST /reservations` for each thing that can come of it. */
export function makingAnswer(
  result: MakeReservationResult,
  costs: ReservationCosts,
  now: number,
): HttpAnswer {
  switch (result.kind) {
    case 'made':
      return jsonAnswer(201, pricedView(result.reservation, costs, now), locationOf(result.reservation));
    case 'replayed':
      return jsonAnswer(200, pricedView(result.reservation, costs, now), {
        ...locationOf(result.reservation),
        'idempotent-replayed': 'true',
      });
    case 'payload-differs':
      return problemAnswer('key-used-for-another-reservation', {
        reservation: reservationView(result.reservation, now),
      });
    case 'invalid':
      return problemAnswer('invalid-request', { errors: result.problems });
  }
}

/** The answer to `DELETE /reservations/{id}` for each thing that can come of it. */
export function cancellingAnswer(result: CancelReservationResult, now: number): HttpAnswer {
  switch (result.kind) {
    case 'not-found':
      return problemAnswer('unknown-reservation');
    case 'cancelled':
      return jsonAnswer(200, reservationView(result.reservation, now));
    case 'over':
      return problemAnswer('reservation-over', { reservation: reservationView(result.reservation, now) });
  }
}

/** With what it costs at most to have it ready once, beside what may be spent in a day. */
function pricedView(reservation: Reservation, { limits, perDay }: ReservationCosts, now: number): object {
  const cost = mostCostOf(reservation.units, limits);
  return {
    ...reservationView(reservation, now),
    estimatedCost: formatUsd(cost),
    dailyLimit: formatUsd(perDay),
    fitsDailyLimit: cost <= perDay,
  };
}

function locationOf({ reservationId }: Reservation): Record<string, string> {
  return { location: `/reservations/${reservationId}` };
}
