import { openSettings } from '../../shared/composition/settings.ts';
import { openReservations } from '../../shared/composition/top-up-records.ts';
import { buyingLimitsOf } from '../../shared/configuration/buying-limits.ts';
import { readBuyableSettings, readTableSettings } from '../../shared/configuration/environment.ts';
import { apiHandler, bodyOf } from '../../shared/http/api-handler.ts';
import { callerOf } from '../../shared/http/caller.ts';
import { ProblemError } from '../../shared/http/problem.ts';
import { makingAnswer } from '../../shared/http/reservation-answer.ts';
import { parseReservationRequest } from '../../shared/http/reservation-request.ts';
import { stopDetails } from '../../shared/http/stop-details.ts';
import { parseFlatObject } from '../../shared/http/strict-json.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { buyableInForce, limitsInForce } from '../../shared/settings/in-force.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { makeReservation } from '../../shared/top-up/reservations/make-reservation.ts';
import { reservationIdOf } from '../../shared/top-up/reservations/reservation-id.ts';

const log = createLog(process.env);
const { stage, instruments } = readBuyableSettings(process.env);
const { ceiling } = readTableSettings(process.env);
const reservations = openReservations(process.env);
const readSettings = openSettings(process.env);

/** What can be reserved under these settings. */
const reservableUnder = (settings: Settings) =>
  instruments.map((instrument) => ({
    ...buyingLimitsOf(buyableInForce(instrument, settings)),
    isToppedUp: instrument.topUp !== undefined,
  }));

/** `POST /reservations`: has Units ready for a batch, once per Idempotency-Key. */
export const handler = apiHandler(log, async (event) => {
  const caller = callerOf(event.requestContext.authorizer.iam);
  const now = systemClock.now();
  const body = parseFlatObject(bodyOf(event));
  const settings = await readSettings();
  if (settings === undefined) throw new ProblemError('stopped', { detail: stopDetails.SETTINGS_UNUSABLE });
  const reservable = reservableUnder(settings);
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
  return makingAnswer(result, { limits, perDay: limitsInForce(ceiling, settings).perDay }, now);
});
