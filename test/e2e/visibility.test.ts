import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { generateCaller } from '../../local/runner/http-api/caller.ts';
import { createApiClient } from '../../local/service/api-client.ts';
import { conformingApi } from '../support/conforming-api.ts';
import { useLocalService } from '../support/local-service.ts';

const identity = { stackName: 'test', accountId: '123456789012', region: 'eu-west-1' };
const reader = generateCaller(identity);
const caller = (role: string) => ({
  ...generateCaller(identity),
  userArn: `arn:aws:sts::123456789012:assumed-role/${role}/session`,
});
const applications = [caller('first-app'), caller('second-app')] as const;
const underTest = useLocalService({ callers: [reader, ...applications] });

const made = v.object({ id: v.string() });
const orderList = v.object({ orders: v.array(made) });
const reservationList = v.object({ reservations: v.array(made) });

function clients() {
  const { stack, api } = underTest().service;
  const [first, second] = applications.map((one) =>
    conformingApi(createApiClient(stack.apiUrl, stack.region, one)),
  );
  if (first === undefined || second === undefined) throw new Error('There are two applications.');
  return { first, second, all: api };
}

it('a caller sees, lists and cancels its own orders, and a reader those of all, of the schedule too', async () => {
  const { first, second, all } = clients();
  const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '1.00' };
  const { id } = v.parse(made, (await first.placeOrder(randomUUID(), order)).body);
  await underTest().service.stack.fireSchedule();

  await expect
    .poll(async () => v.parse(orderList, (await first.get('/orders')).body).orders)
    .toEqual([expect.objectContaining({ id })]);
  await expect
    .poll(async () => v.parse(orderList, (await all.get('/orders')).body).orders.length)
    .toBeGreaterThan(1);
  expect(v.parse(orderList, (await second.get('/orders')).body).orders).toEqual([]);

  const absent = { status: 404, body: { code: 'unknown-order' } };
  expect(await second.get(`/orders/${id}`)).toMatchObject(absent);
  expect(await second.delete(`/orders/${id}`)).toMatchObject(absent);
  const scheduled = v.parse(orderList, (await all.get('/orders')).body).orders.find((one) => one.id !== id);
  expect(await first.get(`/orders/${scheduled?.id}`)).toMatchObject(absent);
  expect(await first.get(`/orders/${id}`)).toMatchObject({ status: 200, body: { state: 'OPEN' } });
  expect((await all.get(`/orders/${id}`)).status).toBe(200);
  expect((await all.delete(`/orders/${id}`)).status).toBe(200);
});

it('the same holds for reservations', async () => {
  const { first, second, all } = clients();
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const batch = { market: 'chat-prime', units: '2', neededFrom: inHours(20), neededUntil: inHours(21) };
  const { id } = v.parse(made, (await first.makeReservation(randomUUID(), batch)).body);

  const own = [expect.objectContaining({ id })];
  for (const api of [first, all]) {
    await expect
      .poll(async () => v.parse(reservationList, (await api.get('/reservations')).body).reservations)
      .toEqual(own);
  }
  expect(v.parse(reservationList, (await second.get('/reservations')).body).reservations).toEqual([]);
  const absent = { status: 404, body: { code: 'unknown-reservation' } };
  expect(await second.get(`/reservations/${id}`)).toMatchObject(absent);
  expect(await second.delete(`/reservations/${id}`)).toMatchObject(absent);
  expect((await first.delete(`/reservations/${id}`)).status).toBe(200);
});
