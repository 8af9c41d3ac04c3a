import * as v from 'valibot';
import { reservationOutcomes } from '../top-up/reservations/reservation.ts';
import type { ReservationQuery } from '../top-up/reservations/store-port.ts';
import { cursorField, instrumentField, limitField, parseListQuery } from './list-query.ts';

/** The query parameters of `GET /reservations`. */
export const reservationQuerySchema = v.strictObject({
  outcome: v.optional(v.picklist(reservationOutcomes, `must be one of ${reservationOutcomes.join(', ')}`)),
  instrument: v.optional(instrumentField),
  limit: limitField,
  cursor: cursorField,
});

/** @throws ProblemError `invalid-request` with everything that is wrong */
export function parseReservationQuery(
  parameters: Readonly<Record<string, string | undefined>>,
): Omit<ReservationQuery, 'now'> {
  const { outcome, instrument, limit, cursor } = parseListQuery(reservationQuerySchema, parameters);
  return {
    limit,
    ...(outcome === undefined ? {} : { outcome }),
    ...(instrument === undefined ? {} : { instrument }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
