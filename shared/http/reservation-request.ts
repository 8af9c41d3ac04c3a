import * as v from 'valibot';
import { parseDecimal, type Units } from '../ledger/decimal.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import type { ReservationTerms } from '../top-up/reservations/reservation.ts';
import { unitsProblem, windowProblems } from '../top-up/reservations/rules.ts';
import { fieldProblem, instrumentNamed, keyProblems, marketField, marketProblems } from './body-problems.ts';
import { parseIsoTime } from './iso-time.ts';
import { type FieldProblem, ProblemError } from './problem.ts';

/** What a caller wants to have ready, in the right form. Whether it can be depends on the time as well. */
export interface ReservationRequest {
  readonly idempotencyKey: string;
  readonly limits: BuyingLimits;
  readonly terms: ReservationTerms;
}

/** An instrument that could be reserved. */
export interface ReservableInstrument extends BuyingLimits {
  /** Whether the balance checks buy it: nothing else buys for a reservation. */
  readonly isToppedUp: boolean;
}

/** A Unit is a million tokens; amounts are counted in 10⁻⁸ Units, so that every token is exact. */
const amountPerToken = 100n;

const unitsMessage = 'must be a decimal string such as "12.5", greater than zero, with at most 8 decimals';
const tokensMessage = 'must be a whole number of tokens, at least 1';
const timeField = v.pipe(
  v.string('must be a time such as "2026-11-23T18:00:00Z"'),
  v.check(
    (text) => parseIsoTime(text) !== undefined,
    'must be a time of ISO 8601 with its zone, such as "2026-11-23T18:00:00Z"',
  ),
);

/** The body of `POST /reservations`. */
export const reservationBodySchema = v.strictObject({
  market: marketField,
  /** Either this or `tokens`. */
  units: v.optional(
    v.pipe(
      v.string(unitsMessage),
      v.check((text) => (parseDecimal(text) ?? 0n) > 0n, unitsMessage),
    ),
  ),
  tokens: v.optional(
    v.pipe(v.number(tokensMessage), v.safeInteger(tokensMessage), v.minValue(1, tokensMessage)),
  ),
  neededFrom: timeField,
  neededUntil: timeField,
});

/**
 * Checks a reservation as a caller wrote it. What depends on the time is left to `makeReservation`, so that a repetition
 * is answered whenever it comes; it is told here only beside other problems.
 *
 * @param now ms since the epoch
 * @throws ProblemError `invalid-request` with everything that is wrong
 */
export function parseReservationRequest(
  idempotencyKey: string | undefined,
  body: Readonly<Record<string, unknown>>,
  instruments: readonly ReservableInstrument[],
  now: number,
): ReservationRequest {
  const parsed = v.safeParse(reservationBodySchema, body);
  const limits = instrumentNamed(body['market'], instruments);
  const terms = termsIn(body);
  const errors = [
    ...keyProblems(idempotencyKey, 'reservation'),
    ...(parsed.issues ?? []).map((issue) => fieldProblem(issue, 'a reservation')),
    ...marketProblems(body['market'], instruments),
    ...topUpProblems(limits),
    ...amountProblems(body, terms.units, limits),
  ];
  const { units, neededFrom, neededUntil } = terms;
  if (
    errors.length > 0 ||
    limits === undefined ||
    idempotencyKey === undefined ||
    units === undefined ||
    neededFrom === undefined ||
    neededUntil === undefined
  ) {
    throw new ProblemError('invalid-request', {
      errors: [...errors, ...windowProblems(terms, now)],
    });
  }
  return { idempotencyKey, limits, terms: { units, neededFrom, neededUntil } };
}

/** Whatever of the terms is in the right form. */
function termsIn(body: Readonly<Record<string, unknown>>): Partial<ReservationTerms> {
  return {
    ...entry('units', unitsIn(body)),
    ...entry('neededFrom', timeIn(body['neededFrom'])),
    ...entry('neededUntil', timeIn(body['neededUntil'])),
  };
}

function entry<Name extends keyof ReservationTerms>(
  name: Name,
  value: ReservationTerms[Name] | undefined,
): Partial<ReservationTerms> {
  return value === undefined ? {} : { [name]: value };
}

function unitsIn({ units, tokens }: Readonly<Record<string, unknown>>): Units | undefined {
  if (typeof units === 'string') return parseDecimal(units);
  return typeof tokens === 'number' && Number.isSafeInteger(tokens)
    ? BigInt(tokens) * amountPerToken
    : undefined;
}

function timeIn(value: unknown): number | undefined {
  return typeof value === 'string' ? parseIsoTime(value) : undefined;
}

function topUpProblems(instrument: ReservableInstrument | undefined): readonly FieldProblem[] {
  if (instrument === undefined || instrument.isToppedUp) return [];
  return [
    {
      field: 'market',
      message: 'is not topped up in this stage, so that nothing would buy for a reservation',
    },
  ];
}

function amountProblems(
  { units, tokens }: Readonly<Record<string, unknown>>,
  amount: Units | undefined,
  limits: ReservableInstrument | undefined,
): readonly FieldProblem[] {
  if (units === undefined && tokens === undefined) {
    return [{ field: 'units', message: 'is missing: give units or tokens' }];
  }
  if (units !== undefined && tokens !== undefined) {
    return [{ field: 'tokens', message: 'cannot be given together with units' }];
  }
  const message = amount === undefined || limits === undefined ? undefined : unitsProblem(amount, limits);
  return message === undefined ? [] : [{ field: units === undefined ? 'tokens' : 'units', message }];
}
