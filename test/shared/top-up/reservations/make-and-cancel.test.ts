import { beforeEach, describe, expect, it } from 'vitest';
import { isOrderId } from '../../../../shared/orders/order-id.ts';
import { cancelReservation } from '../../../../shared/top-up/reservations/cancel-reservation.ts';
import { capacityOf } from '../../../../shared/top-up/reservations/capacity.ts';
import { makeReservation } from '../../../../shared/top-up/reservations/make-reservation.ts';
import { mostCostOf } from '../../../../shared/top-up/reservations/most-cost.ts';
import { reportReservations } from '../../../../shared/top-up/reservations/report-reservations.ts';
import { isReservationId, reservationIdOf } from '../../../../shared/top-up/reservations/reservation-id.ts';
import { createMemoryReservationStore } from '../../../support/memory-reservation-store.ts';
import { createRecordedLog } from '../../../support/recorded-log.ts';
import { sampleLimits, usd } from '../../../support/sample-order.ts';
import { hourMs, sampleReservation } from '../../../support/sample-reservation.ts';
import { createVirtualClock, testEpoch } from '../../../support/virtual-clock.ts';

const identity = {
  stage: 'test',
  accountId: '123456789012',
  principal: 'arn:aws:iam::123456789012:role/batch',
  idempotencyKey: 'nightly-batch-0001',
};
const intent = {
  reservationId: reservationIdOf(identity),
  principal: identity.principal,
  instrument: 'chat-prime',
  terms: { units: usd('12.5'), neededFrom: testEpoch + hourMs, neededUntil: testEpoch + 2 * hourMs },
};

function createPorts() {
  return {
    reservations: createMemoryReservationStore(),
    clock: createVirtualClock(),
    log: createRecordedLog(),
  };
}
let ports = createPorts();
beforeEach(() => {
  ports = createPorts();
});

describe('making a reservation', () => {
  it('records it once for each key, however often and however late it is asked for', async () => {
    const made = await makeReservation(ports, intent);
    expect(made).toMatchObject({
      kind: 'made',
      reservation: { ...intent.terms, instrument: 'chat-prime', outcome: 'open', version: 1 },
    });
    ports.clock.advance(30 * 24 * hourMs);
    const again = await makeReservation(ports, intent);
    expect(again).toEqual({ ...made, kind: 'replayed' });
    expect(ports.log.lines.filter(({ event }) => event === 'reservation-made')).toHaveLength(1);
  });

  it('tells another reservation under the same key, of two at once as well', async () => {
    const other = { ...intent, terms: { ...intent.terms, units: usd('12.50000001') } };
    const results = await Promise.all([makeReservation(ports, intent), makeReservation(ports, other)]);
    expect(results.map(({ kind }) => kind)).toEqual(['made', 'payload-differs']);
    expect(await makeReservation(ports, other)).toMatchObject({
      kind: 'payload-differs',
      reservation: { units: usd('12.5') },
    });
  });

  it('refuses a window that cannot be, and records nothing', async () => {
    const terms = {
      units: usd('1'),
      neededFrom: testEpoch + 31 * 24 * hourMs,
      neededUntil: testEpoch + 33 * 24 * hourMs,
    };
    expect(await makeReservation(ports, { ...intent, terms })).toMatchObject({
      kind: 'invalid',
      problems: [{ field: 'neededFrom' }, { field: 'neededUntil' }],
    });
    expect(await ports.reservations.get(intent.reservationId)).toBeUndefined();
  });
});

describe('cancelling a reservation', () => {
  it('takes it out of what counts, and can be repeated', async () => {
    await makeReservation(ports, intent);
    const cancelled = await cancelReservation(ports, intent.reservationId);
    expect(cancelled).toMatchObject({
      kind: 'cancelled',
      reservation: { outcome: 'cancelled', cancelledAt: testEpoch, version: 2 },
    });
    expect(await ports.reservations.openOf('chat-prime', testEpoch)).toEqual([]);
    ports.clock.advance(24 * hourMs);
    expect(await cancelReservation(ports, intent.reservationId)).toEqual(cancelled);
  });

  it('refuses one whose window has ended, and one that does not exist', async () => {
    await makeReservation(ports, intent);
    ports.clock.advance(2 * hourMs);
    expect(await cancelReservation(ports, intent.reservationId)).toMatchObject({ kind: 'over' });
    expect(await cancelReservation(ports, 'g1r-none')).toEqual({ kind: 'not-found' });
  });

  it('looks again when a check was faster', async () => {
    await makeReservation(ports, intent);
    const { update } = ports.reservations;
    let isFirst = true;
    const reservations = {
      ...ports.reservations,
      update: async (...[before, after]: Parameters<typeof update>) => {
        if (isFirst) {
          isFirst = false;
          await update(before, { ...before, version: 2, readyUnits: usd('3') });
        }
        return update(before, after);
      },
    };
    expect(await cancelReservation({ ...ports, reservations }, intent.reservationId)).toMatchObject({
      kind: 'cancelled',
      reservation: { version: 3, readyUnits: usd('3') },
    });
  });

  it('gives up on a store that never takes it', async () => {
    await makeReservation(ports, intent);
    const reservations = { ...ports.reservations, update: async () => 'stale' as const };
    await expect(cancelReservation({ ...ports, reservations }, intent.reservationId)).rejects.toMatchObject({
      name: 'StoreUnavailableError',
    });
  });
});

describe('reporting what a balance says', () => {
  it('records and logs an outcome once', async () => {
    const { reservations } = ports;
    const reservation = sampleReservation();
    await reservations.create(reservation);
    const report = async (usable: string, now: number) =>
      reportReservations(
        { reservations, log: ports.log },
        await reservations.openOf('chat-prime', now),
        usd(usable),
        now,
      );
    await report('3', reservation.neededFrom);
    await report('4', reservation.neededFrom + 60_000);
    expect(await report('4', reservation.neededFrom + 120_000)).toEqual([]);
    expect(await reservations.get(reservation.reservationId)).toMatchObject({
      outcome: 'missed',
      missingUnits: usd('7'),
      readyUnits: usd('4'),
      version: 3,
    });
    expect(ports.log.lines).toMatchObject([
      { level: 'warn', event: 'reservation-missed', fields: { missing: '7' } },
    ]);
  });

  it('leaves to the next check what has changed meanwhile', async () => {
    const { reservations } = ports;
    const seen = sampleReservation();
    await reservations.create(seen);
    await reservations.update(seen, { ...seen, version: 2, outcome: 'cancelled' });
    const reported = await reportReservations(
      { reservations, log: ports.log },
      [seen],
      usd('10'),
      seen.neededFrom,
    );
    expect(reported).toEqual([]);
    expect(await reservations.get(seen.reservationId)).toMatchObject({ outcome: 'cancelled' });
    expect(ports.log.lines).toEqual([]);
  });
});

it('a policy is told of the Units and the window', () => {
  const { reservationId, neededFrom, neededUntil } = sampleReservation();
  expect(capacityOf([sampleReservation({ units: usd('0.5') })])).toEqual([
    { reservationId, units: '0.5', neededFrom, neededUntil },
  ]);
});

it('the most that Units cost is that of whole Units at the maximum price, with the fee', () => {
  expect(mostCostOf(usd('12.5'), sampleLimits)).toBe(usd('32.825'));
  expect(mostCostOf(usd('0.00000001'), sampleLimits)).toBe(usd('2.525'));
});

it('the id of a reservation is always the same for a key, and never that of an order', () => {
  expect(reservationIdOf(identity)).toBe(intent.reservationId);
  expect(isReservationId(intent.reservationId)).toBe(true);
  expect(isOrderId(intent.reservationId)).toBe(false);
  const others = Object.keys(identity).map((name) => reservationIdOf({ ...identity, [name]: 'other' }));
  expect(new Set([intent.reservationId, ...others]).size).toBe(5);
});
