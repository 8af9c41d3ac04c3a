import { openReservations } from '../../shared/composition/top-up-records.ts';
import { readReaders } from '../../shared/configuration/environment.ts';
import { apiHandler } from '../../shared/http/api-handler.ts';
import { jsonAnswer, ProblemError } from '../../shared/http/problem.ts';
import { parseReservationQuery } from '../../shared/http/reservation-query.ts';
import { reservationView } from '../../shared/http/reservation-view.ts';
import { visibilityTo } from '../../shared/http/visibility.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { isReservationId } from '../../shared/top-up/reservations/reservation-id.ts';

const log = createLog(process.env);
const readers = readReaders(process.env);
const reservations = openReservations(process.env);

/**
 * `GET /reservations` lists reservations, newest first; `GET /reservations/{id}` shows one. Those of others are, for a caller
 * who may not see them, as if they were not there.
 */
export const handler = apiHandler(log, async (event) => {
  const now = systemClock.now();
  const visibility = visibilityTo(event.requestContext.authorizer.iam, readers);
  const reservationId = event.pathParameters?.['id'];
  if (reservationId === undefined) {
    const page = await reservations.list({
      ...parseReservationQuery(event.queryStringParameters ?? {}),
      ...visibility.only,
      now,
    });
    return jsonAnswer(200, {
      reservations: page.reservations.map((one) => reservationView(one, now)),
      nextCursor: page.nextCursor ?? null,
    });
  }
  const found = isReservationId(reservationId) ? await reservations.get(reservationId) : undefined;
  if (found === undefined || !visibility.shows(found)) throw new ProblemError('unknown-reservation');
  return jsonAnswer(200, reservationView(found, now));
});
