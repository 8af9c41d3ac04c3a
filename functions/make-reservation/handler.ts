import { openReservations } from '../../shared/composition/top-up-records.ts';
import { buyingLimitsOf } from '../../shared/configuration/buying-limits.ts';
import { readBuyableSettings, readTableSettings } from '../../shared/configuration/environment.ts';
import { apiHandler, bodyOf } from '../../shared/http/api-handler.ts';
import { callerOf } from '../../shared/http/caller.ts';
import { makingAnswer } from '../../shared/http/reservation-answer.ts';
import { parseReservationRequest } from '../../shared/http/reservation-request.ts';
import { parseFlatObject } from '../../shared/http/strict-json.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { makeReservation } from '../../shared/top-up/reservations/make-reservation.ts';
import { reservationIdOf } from '../../shared/top-up/reservations/reservation-id.ts';

const log = createLog(process.env);
const { stage, instruments } = readBuyableSettings(process.env);
const { perDay } = readTableSettings(process.env).ceiling;
const reservable = instruments.map((instrument) => ({
  ...buyingLimitsOf(instrument),
  isToppedUp: instrument.topUp !== undefined,
}));
const reservations = openReservations(process.env);

/** `POST /reservations`: has Units ready for a batch, once per Idempotency-Key. */
export const handler = apiHandler(log, async (event) => {
  const caller = callerOf(event.requestContext.authorizer.iam);
  const now = systemClock.now();
  const body = parseFlatObject(bodyOf(event));
  const request = parseReservationRequest(event.headers['idempotency-key'], body, reservable, now);
  const { idempotencyKey, limits, terms } = request;
  const result = await makeReservation(
    { reservations, clock: systemClock, log },
    {
      reservationId: reservationIdOf({ stage, ...caller, idempotencyKey }),
      principal: caller.principal,
      instrument: limits.symbol,
      terms,
    },
  );
  return makingAnswer(result, { limits, perDay }, now);
});
