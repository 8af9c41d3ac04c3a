import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createReservationStore } from '../../../shared/store/reservation-store.ts';
import type { ReservationStore } from '../../../shared/top-up/reservations/store-port.ts';
import { createMemoryReservationStore } from '../../support/memory-reservation-store.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { usd } from '../../support/sample-order.ts';
import { hourMs, reservationIdWith, sampleReservation } from '../../support/sample-reservation.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

const kinds = ['dynoxide', 'extenddb', 'fake'] as const;

describe.each(kinds)('the store of reservations (%s)', (kind) => {
  let table: TestTable | undefined;
  let store: ReservationStore;
  beforeAll(async () => {
    table = kind === 'fake' ? undefined : await startOrderTable(kind);
    store =
      table === undefined
        ? createMemoryReservationStore()
        : createReservationStore({ ...table, clock: createVirtualClock(), random: Math.random });
  });
  afterAll(async () => table?.close());

  it('gives back exactly what was made, once for each id', async () => {
    const reservation = sampleReservation({ units: 1n });
    const many = await Promise.all([1, 2, 3].map(() => store.create(reservation)));
    expect(many.map(({ kind: made }) => made).toSorted()).toEqual(['created', 'exists', 'exists']);
    const other = await store.create({
      ...reservation,
      units: usd('2'),
      neededUntil: testEpoch + 5 * hourMs,
    });
    expect(other).toEqual({ kind: 'exists', reservation });
    expect(await store.get(reservation.reservationId)).toEqual(reservation);
    expect(await store.get(reservationIdWith('z'))).toBeUndefined();
  });

  it('lets one of those who read the same version write the next', async () => {
    const before = sampleReservation();
    const [stored = before] = [await store.get(before.reservationId)];
    const after = {
      ...stored,
      version: 2,
      outcome: 'missed',
      checkedAt: testEpoch,
      readyUnits: 0n,
      missingUnits: usd('10'),
      metAt: testEpoch + 1,
      cancelledAt: testEpoch + 2,
    } as const;
    const outcomes = await Promise.all([1, 2, 3].map(() => store.update(stored, after)));
    expect(outcomes.toSorted()).toEqual(['stale', 'stale', 'written']);
    expect(await store.get(before.reservationId)).toEqual(after);
    const unknown = sampleReservation({ reservationId: reservationIdWith('z') });
    expect(await store.update(unknown, { ...unknown, version: 2 })).toBe('stale');
  });

  it('knows which reservations of an instrument count, the one that ends first at the front', async () => {
    const make = (letter: string, end: number, instrument = 'chat-open') =>
      sampleReservation({
        reservationId: reservationIdWith(letter),
        instrument,
        neededUntil: end,
        createdAt: end,
      });
    const [late, next, ended] = [
      make('b', testEpoch + 2),
      make('c', testEpoch + 1),
      make('d', testEpoch),
    ] as const;
    const cancelled = make('e', testEpoch + 3);
    const elsewhere = make('f', testEpoch + 1, 'chat-open-two');
    for (const one of [late, next, ended, cancelled, elsewhere]) await store.create(one);
    await store.update(cancelled, { ...cancelled, version: 2, outcome: 'cancelled' });
    expect(await store.openOf('chat-open', testEpoch)).toEqual([next, late]);
    expect(await store.openOf('chat-open', testEpoch - 1)).toEqual([ended, next, late]);
    expect(await store.openOf('chat-open', testEpoch + 3)).toEqual([]);
  });

  it('lists all of them in pages, newest first, by instrument and by what became of them', async () => {
    const letters = ['g', 'h', 'i', 'j', 'k'];
    const made = letters.map((letter, index) =>
      sampleReservation({
        reservationId: reservationIdWith(letter),
        instrument: index % 2 === 0 ? 'chat-list' : 'chat-list-two',
        createdAt: testEpoch + 10 * hourMs + index,
        ...(letter === 'k' ? { outcome: 'met' as const } : {}),
      }),
    );
    for (const one of made) await store.create(one);
    const now = testEpoch;
    await vi.waitFor(async () => {
      expect((await store.list({ limit: 9, now, instrument: 'chat-list' })).reservations).toHaveLength(3);
      expect((await store.list({ limit: 1, now })).reservations).toEqual([made[4]]);
    });
    const { principal } = sampleReservation();
    const own = await store.list({ limit: 9, now, instrument: 'chat-list', principal });
    expect(own.reservations).toHaveLength(3);
    expect((await store.list({ limit: 9, now, principal: 'another' })).reservations).toEqual([]);
    const first = await store.list({ limit: 2, now });
    expect(first.reservations).toEqual([made[4], made[3]]);
    const second = await store.list({ limit: 2, now, cursor: first.nextCursor ?? '' });
    expect(second.reservations).toEqual([made[2], made[1]]);
    const filtered = await store.list({ limit: 2, now, instrument: 'chat-list' });
    expect(filtered.reservations).toEqual([made[4], made[2]]);
    const rest = await store.list({
      limit: 2,
      now,
      instrument: 'chat-list',
      cursor: filtered.nextCursor ?? '',
    });
    expect(rest).toEqual({ reservations: [made[0]], nextCursor: undefined });
    const open = await store.list({ limit: 9, now, instrument: 'chat-list', outcome: 'open' });
    expect(open.reservations).toEqual([made[2], made[0]]);
    const afterwards = { limit: 9, now: testEpoch + 20 * hourMs, instrument: 'chat-list' };
    expect(await store.list({ ...afterwards, outcome: 'open' })).toMatchObject({ reservations: [] });
    expect((await store.list({ ...afterwards, outcome: 'missed' })).reservations).toEqual([made[2], made[0]]);
  });
});

describe('in the table', () => {
  let table: TestTable;
  let store: ReservationStore;
  beforeAll(async () => {
    table = await startOrderTable('dynoxide');
    store = createReservationStore({ ...table, clock: createVirtualClock(), random: Math.random });
  });
  afterAll(() => table.close());

  it('both items go 400 days after the window', async () => {
    const { neededUntil } = sampleReservation();
    await store.create(sampleReservation());
    const { Items: items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
    const expiry = String(Math.floor(neededUntil / 1000) + 400 * 24 * 60 * 60);
    expect(items.map((item) => item['expiresAt']?.N)).toEqual([expiry, expiry]);
  });

  it('a cursor that this store did not make is refused', async () => {
    for (const text of ['', '1:2:chat-prime', `1:2:chat-prime:g1a-${'a'.repeat(26)}`, '1:x:chat-prime:g1r']) {
      const cursor = Buffer.from(text).toString('base64url');
      await expect(store.list({ limit: 1, now: testEpoch, cursor })).rejects.toMatchObject({
        name: 'InvalidCursorError',
      });
    }
  });
});
