import { openReservations } from '../../shared/composition/top-up-records.ts';
import { readReaders } from '../../shared/configuration/environment.ts';
import { apiHandler } from '../../shared/http/api-handler.ts';
import { ProblemError } from '../../shared/http/problem.ts';
import { cancellingAnswer } from '../../shared/http/reservation-answer.ts';
import { limitedTo, visibilityTo } from '../../shared/http/visibility.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { cancelReservation } from '../../shared/top-up/reservations/cancel-reservation.ts';
import { isReservationId } from '../../shared/top-up/reservations/reservation-id.ts';

const log = createLog(process.env);
const readers = readReaders(process.env);
const reservations = openReservations(process.env);

/** `DELETE /reservations/{id}`: from the next check on nothing is bought for it. */
export const handler = apiHandler(log, async (event) => {
  const reservationId = event.pathParameters?.['id'] ?? '';
  if (!isReservationId(reservationId)) throw new ProblemError('unknown-reservation');
  const visible = limitedTo(visibilityTo(event.requestContext.authorizer.iam, readers), reservations);
  const result = await cancelReservation({ reservations: visible, clock: systemClock, log }, reservationId);
  return cancellingAnswer(result, systemClock.now());
});
