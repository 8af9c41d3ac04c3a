import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessReservations } from '../../../../shared/top-up/reservations/assess-reservations.ts';
import { outcomeAt, type Reservation } from '../../../../shared/top-up/reservations/reservation.ts';
import { usd } from '../../../support/sample-order.ts';
import { hourMs, reservationIdWith, sampleReservation } from '../../../support/sample-reservation.ts';
import { testEpoch } from '../../../support/virtual-clock.ts';

const from = testEpoch + 2 * hourMs;
const until = testEpoch + 3 * hourMs;

/** What becomes of one reservation. */
function assessed(reservation: Reservation, usable: string, now: number): Reservation {
  return assessReservations([reservation], usd(usable), now)[0]?.after ?? reservation;
}

describe('before the window', () => {
  it('says how much is ready, and decides nothing', () => {
    expect(assessed(sampleReservation(), '4.5', testEpoch)).toMatchObject({
      outcome: 'open',
      readyUnits: usd('4.5'),
      checkedAt: testEpoch,
      missingUnits: undefined,
      metAt: undefined,
      version: 2,
    });
    expect(assessed(sampleReservation(), '12', from - 1)).toMatchObject({
      outcome: 'open',
      readyUnits: usd('10'),
    });
  });

  it('says nothing where that is as far away as Units live', () => {
    const far = sampleReservation({
      neededFrom: testEpoch + 5 * hourMs,
      neededUntil: testEpoch + 6 * hourMs,
    });
    expect(assessReservations([far], usd('50'), testEpoch)).toEqual([]);
    expect(assessReservations([far], usd('50'), testEpoch + hourMs)).toHaveLength(1);
  });
});

describe('at the first check of the window', () => {
  it('is met if all of it is ready', () => {
    expect(assessed(sampleReservation(), '10', from)).toMatchObject({
      outcome: 'met',
      metAt: from,
      missingUnits: 0n,
    });
  });

  it('is missed by what is lacking, and tells how late it was met', () => {
    const missed = assessed(sampleReservation(), '9.99999999', from + 30_000);
    expect(missed).toMatchObject({ outcome: 'missed', missingUnits: 1n, metAt: undefined });
    const late = assessed(missed, '10', from + 90_000);
    expect(late).toMatchObject({ outcome: 'missed', missingUnits: 1n, metAt: from + 90_000 });
  });

  it('stays met when the batch uses the Units', () => {
    const met = assessed(sampleReservation(), '10', from);
    const used = assessed(met, '1', from + 60_000);
    expect(used).toMatchObject({ outcome: 'met', metAt: from, missingUnits: 0n, readyUnits: usd('1') });
  });
});

it('serves the reservation that begins first, then the one that was made first', () => {
  const later = sampleReservation({ reservationId: reservationIdWith('b'), neededFrom: from + 1 });
  const younger = sampleReservation({ reservationId: reservationIdWith('c'), createdAt: testEpoch + 1 });
  const first = sampleReservation();
  const found = assessReservations([later, younger, first], usd('15'), from + 1);
  expect(found.map(({ after }) => [after.reservationId, after.outcome, after.readyUnits])).toEqual([
    [first.reservationId, 'met', usd('10')],
    [younger.reservationId, 'missed', usd('5')],
    [later.reservationId, 'missed', 0n],
  ]);
});

it('leaves alone what is cancelled or over, and keeps nothing ready for it', () => {
  const cancelled = sampleReservation({ outcome: 'cancelled', cancelledAt: testEpoch });
  const over = sampleReservation({ neededUntil: from });
  const open = sampleReservation({ reservationId: reservationIdWith('b') });
  const found = assessReservations([cancelled, over, open], usd('10'), from);
  expect(found.map(({ after }) => after.reservationId)).toEqual([open.reservationId]);
});

it('a reservation that no check has looked at in time is missed', () => {
  expect(outcomeAt(sampleReservation(), until - 1)).toBe('open');
  expect(outcomeAt(sampleReservation(), until)).toBe('missed');
  expect(outcomeAt(sampleReservation({ outcome: 'met' }), until)).toBe('met');
});

describe('for any reservations and balances', () => {
  const anyReservation = fc
    .record({
      units: fc.bigInt({ min: 1n, max: usd('50') }),
      begins: fc.integer({ min: -3, max: 6 }),
      hours: fc.integer({ min: 1, max: 5 }),
      createdAt: fc.integer({ min: 0, max: 3 }),
      isCancelled: fc.boolean(),
    })
    .map(({ units, begins, hours, createdAt, isCancelled }) => ({
      units,
      neededFrom: testEpoch + begins * hourMs,
      neededUntil: testEpoch + (begins + hours) * hourMs,
      createdAt,
      outcome: isCancelled ? ('cancelled' as const) : ('open' as const),
    }));
  const anyReservations = fc
    .array(anyReservation, { maxLength: 8 })
    .map((all) =>
      all.map((one, index) =>
        sampleReservation({ ...one, reservationId: reservationIdWith(String(index + 2)) }),
      ),
    );

  it('no Unit is counted twice, and nobody is served before those who begin earlier', () => {
    fc.assert(
      fc.property(anyReservations, fc.bigInt({ min: -1n, max: usd('120') }), (reservations, usable) => {
        const found = assessReservations(reservations, usable, testEpoch).map(({ after }) => after);
        const ready = found.map(({ readyUnits }) => readyUnits ?? 0n);
        expect(ready.reduce((sum, one) => sum + one, 0n) <= (usable < 0n ? 0n : usable)).toBe(true);
        const firstShort = found.findIndex(({ units, readyUnits }) => readyUnits !== units);
        const behind = firstShort === -1 ? [] : ready.slice(firstShort + 1);
        expect(behind.every((one) => one === 0n)).toBe(true);
      }),
    );
  });

  it('the same balance at the same time says nothing new, and an outcome never changes', () => {
    fc.assert(
      fc.property(
        anyReservations,
        fc.array(fc.bigInt({ min: 0n, max: usd('120') }), { minLength: 1, maxLength: 6 }),
        (reservations, balances) => {
          let current = reservations;
          for (const [index, usable] of balances.entries()) {
            const now = testEpoch + index * hourMs;
            const before = current;
            const changes = new Map(
              assessReservations(current, usable, now).map(({ after }) => [after.reservationId, after]),
            );
            current = current.map((one) => changes.get(one.reservationId) ?? one);
            expect(assessReservations(current, usable, now)).toEqual([]);
            for (const [at, one] of before.entries()) {
              if (one.outcome !== 'open') expect(current[at]?.outcome).toBe(one.outcome);
            }
          }
        },
      ),
    );
  });
});
