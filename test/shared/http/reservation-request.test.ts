import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/http/problem.ts';
import { parseReservationRequest } from '../../../shared/http/reservation-request.ts';
import { sampleLimits, usd } from '../../support/sample-order.ts';
import { hourMs } from '../../support/sample-reservation.ts';
import { testEpoch } from '../../support/virtual-clock.ts';

const key = 'nightly-batch-0001';
const good = {
  market: 'chat-prime',
  units: '12.5',
  neededFrom: '2026-11-23T18:00:00Z',
  neededUntil: '2026-11-23T20:00:00Z',
};
const instruments = [
  { ...sampleLimits, isToppedUp: true },
  { ...sampleLimits, symbol: 'code-prime', marketId: 'market_2', isToppedUp: false },
];
const parse = (body: Readonly<Record<string, unknown>>, idempotencyKey: string | undefined = key) =>
  parseReservationRequest(idempotencyKey, body, instruments, testEpoch);

/** The problems that a body causes, by field. */
function problemsOf(changes: object, idempotencyKey = key): Record<string, string> {
  try {
    parse({ ...good, ...changes }, idempotencyKey);
    return {};
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return Object.fromEntries((error.details.errors ?? []).map(({ field, message }) => [field, message]));
  }
}

describe('a request for a reservation', () => {
  it('is read exactly, by symbol or by market', () => {
    const expected = {
      idempotencyKey: key,
      limits: instruments[0],
      terms: { units: usd('12.5'), neededFrom: testEpoch + 6 * hourMs, neededUntil: testEpoch + 8 * hourMs },
    };
    expect(parse(good)).toEqual(expected);
    expect(parse({ ...good, market: sampleLimits.marketId })).toEqual(expected);
  });

  it('counts tokens exactly: a million of them is a Unit', () => {
    const unitsOf = (tokens: number) => parse({ ...good, units: undefined, tokens }).terms.units;
    expect(unitsOf(1)).toBe(usd('0.000001'));
    expect(unitsOf(12_500_001)).toBe(usd('12.500001'));
  });

  it('says of every field what is wrong, with all else at once', () => {
    expect(
      problemsOf(
        {
          market: 'chat-fast',
          units: '0',
          neededFrom: 'tomorrow',
          neededUntil: '2026-11-22T00:00:00Z',
          note: 'please',
        },
        'short',
      ),
    ).toEqual({
      'Idempotency-Key': 'must be 16 to 255 visible ASCII characters, new for each reservation',
      market: 'is not one of the configured instruments: chat-prime, code-prime',
      units: 'must be a decimal string such as "12.5", greater than zero, with at most 8 decimals',
      neededFrom: 'must be a time of ISO 8601 with its zone, such as "2026-11-23T18:00:00Z"',
      neededUntil: 'must be in the future',
      note: 'is not a field of a reservation',
    });
  });

  it('takes either Units or tokens', () => {
    expect(problemsOf({ tokens: 1 })).toEqual({ tokens: 'cannot be given together with units' });
    expect(problemsOf({ units: undefined })).toEqual({ units: 'is missing: give units or tokens' });
  });

  it('says what the most is, of what was given', () => {
    expect(problemsOf({ units: '1000.1' })['units']).toContain('1000 Units');
    expect(problemsOf({ units: undefined, tokens: 1_000_000_001 })['tokens']).toContain('1000 Units');
    expect(problemsOf({ units: undefined, tokens: 1_000_000_000 })).toEqual({});
  });

  it('says that nothing would buy for an instrument without a top-up', () => {
    expect(problemsOf({ market: 'code-prime' })).toEqual({
      market: 'is not topped up in this stage, so that nothing would buy for a reservation',
    });
  });

  it.each([12.5, 0, '12,5', '1e1', '-1', '', null, true, '0.000000001'])('units %j', (units) => {
    expect(Object.keys(problemsOf({ units }))).toEqual(['units']);
  });

  it.each([0, -1, 1.5, '1', null, true, 1e21])('tokens %j', (tokens) => {
    expect(Object.keys(problemsOf({ units: undefined, tokens }))).toEqual(['tokens']);
  });

  it('leaves to the time what only the time can tell, so that a repetition is answered', () => {
    expect(problemsOf({ neededUntil: '2026-11-22T00:00:00Z' })).toEqual({});
  });

  it('nothing else than a window and an amount gets through', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(good), 'tokens'), fc.jsonValue()), (body) => {
        try {
          const { units } = parse(body).terms;
          expect(units > 0n).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
          expect((error as ProblemError).details.errors).not.toEqual([]);
        }
      }),
    );
  });
});
