import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../local/service/api-client.ts';
import { problemAnswer } from '../support/answers.ts';
import { useLocalService } from '../support/local-service.ts';

const caller = (name: string) => ({
  accessKeyId: `AKIA${name.toUpperCase().padEnd(16, 'X')}`,
  secretAccessKey: `secret-of-the-${name}-caller`,
  userArn: `arn:aws:iam::123456789012:user/${name}`,
});
const callers = [caller('first'), caller('second')] as const;
const underTest = useLocalService({ callers });
const hourMs = 3_600_000;
let count = 0;
const newKey = () => `reservation-of-a-test-${++count}`;
/** Callers use the real time. */
const inHours = (hours: number) => new Date(Date.now() + hours * hourMs).toISOString();
const batch = () => ({
  market: 'chat-prime',
  units: '12.5',
  neededFrom: inHours(2),
  neededUntil: inHours(4),
});

const reservationAnswer = v.looseObject({ id: v.string(), outcome: v.string(), units: v.string() });
const listAnswer = v.object({ reservations: v.array(reservationAnswer), nextCursor: v.nullable(v.string()) });

async function make(body: object, key = newKey()) {
  const answer = await underTest().service.api.makeReservation(key, body);
  return { ...answer, reservation: v.parse(reservationAnswer, answer.body) };
}

describe('reserving capacity through the API', () => {
  it('records a reservation once for each key and caller, and says what it costs at most', async () => {
    const [key, body] = [newKey(), batch()];
    const answers = await Promise.all([make(body, key), make(body, key), make(body, key)]);
    const [{ reservation }] = answers;
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '200', '201']);
    expect(new Set(answers.map((answer) => answer.reservation.id))).toEqual(new Set([reservation.id]));
    const again = await make(body, key);
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(`/reservations/${reservation.id}`);
    expect(again.body).toMatchObject({ estimatedCost: '32.825', dailyLimit: '200.00', fitsDailyLimit: true });

    const { api, stack } = underTest().service;
    const other = await api.makeReservation(key, { ...body, units: '12.6' });
    expect(other).toMatchObject({
      status: 422,
      body: { code: 'key-used-for-another-reservation', reservation: { id: reservation.id } },
    });
    const second = createApiClient(stack.apiUrl, stack.region, callers[1]);
    const theirs = await second.makeReservation(key, body);
    expect(theirs.status).toBe(201);
    expect(v.parse(reservationAnswer, theirs.body).id).not.toBe(reservation.id);
  });

  it('does not confuse the key of a reservation with that of an order', async () => {
    const { api } = underTest().service;
    const key = newKey();
    await make(batch(), key);
    const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '1.00' };
    expect((await api.placeOrder(key, order)).status).toBe(201);
  });

  it('shows and lists what was made, newest first, in pages and by outcome', async () => {
    const { api } = underTest().service;
    const made: string[] = [];
    for (let index = 0; index < 3; index += 1) made.push((await make(batch())).reservation.id);
    const shown = await api.get(`/reservations/${made[0]}`);
    expect(shown).toMatchObject({ status: 200, body: { id: made[0], outcome: 'open', readyUnits: null } });
    const first = v.parse(listAnswer, (await api.get('/reservations?limit=2')).body);
    expect(first.reservations.map(({ id }) => id)).toEqual(made.toReversed().slice(0, 2));
    const path = `/reservations?limit=2&instrument=chat-prime&cursor=${first.nextCursor}`;
    const next = v.parse(listAnswer, (await api.get(path)).body);
    expect(next.reservations[0]?.id).toBe(made[0]);
    const met = v.parse(listAnswer, (await api.get('/reservations?outcome=met')).body);
    expect(met.reservations).toEqual([]);
  });

  it('says whether it was met, the one that begins first before the others', async () => {
    const { api, exchange, stack } = underTest().service;
    exchange.admin.grantUnits({ instrument: 'chat-prime', units: 12 });
    const running = (units: string, began: number) =>
      make({ ...batch(), units, neededFrom: inHours(-began), neededUntil: inHours(1) });
    const second = await running('8', 1);
    const first = await running('5.5', 2);
    await stack.fireSchedule();
    expect((await api.get(`/reservations/${first.reservation.id}`)).body).toMatchObject({
      outcome: 'met',
      readyUnits: '5.5',
      missingUnits: '0',
    });
    expect((await api.get(`/reservations/${second.reservation.id}`)).body).toMatchObject({
      outcome: 'missed',
      readyUnits: '6.5',
      missingUnits: '1.5',
      metAt: null,
    });
    const missed = v.parse(listAnswer, (await api.get('/reservations?outcome=missed')).body);
    expect(missed.reservations.map(({ id }) => id)).toEqual([second.reservation.id]);
  });

  it('cancels a reservation as often as it is asked to', async () => {
    const { api } = underTest().service;
    const { reservation } = await make(batch());
    for (let time = 0; time < 2; time += 1) {
      expect(await api.delete(`/reservations/${reservation.id}`)).toMatchObject({
        status: 200,
        body: { outcome: 'cancelled' },
      });
    }
    const cancelled = v.parse(listAnswer, (await api.get('/reservations?outcome=cancelled')).body);
    expect(cancelled.reservations.map(({ id }) => id)).toContain(reservation.id);
  });

  it('answers everything that is asked wrongly with a problem document', async () => {
    const { api } = underTest().service;
    const wrong = { ...batch(), tokens: 5, neededFrom: 'now', neededUntil: inHours(-1) };
    const answer = await api.makeReservation('short', wrong);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(v.parse(problemAnswer, answer.body).errors?.map(({ field }) => field)).toEqual([
      'Idempotency-Key',
      'neededFrom',
      'tokens',
      'neededUntil',
    ]);
    const past = await api.makeReservation(newKey(), {
      ...batch(),
      neededFrom: inHours(-3),
      neededUntil: inHours(-1),
    });
    expect(past).toMatchObject({ status: 400, body: { errors: [{ field: 'neededUntil' }] } });
    for (const id of ['g1r-none', 'g1r-aaaaaaaaaaaaaaaaaaaaaaaaaa']) {
      expect(await api.get(`/reservations/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'unknown-reservation' },
      });
      expect((await api.delete(`/reservations/${id}`)).status).toBe(404);
    }
    expect((await api.get('/reservations?cursor=bm9uc2Vuc2U&outcome=open')).body).toMatchObject({
      errors: [{ field: 'cursor' }],
    });
  });
});
