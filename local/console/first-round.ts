import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { balancesAnswer, orderAnswer } from '../api-document/answers.ts';
import type { LocalService } from '../service/start-local-service.ts';

/** The order that a newcomer sees first: one Unit, at most 2.50 USD. */
const firstOrder = { market: 'chat-prime', type: 'limit', quantity: 1, price: '2.50' };

/**
 * Places one order through the API, lets a balance check settle it, and shows the accounts: the four steps of the
 * exchange's guide, done by the service.
 *
 * @returns whether exactly one order reached the exchange and its Unit arrived
 */
export async function playFirstRound(service: LocalService, say: (line: string) => void): Promise<boolean> {
  const { api, exchange, stack } = service;
  const placed = v.parse(orderAnswer, (await api.placeOrder(randomUUID(), firstOrder)).body);
  say(
    `Order ${placed.id}: ${placed.quantity} x ${placed.instrument} at no more than ${placed.limitPrice} USD`,
  );
  say(`  accepted by the exchange as ${placed.exchangeOrderId ?? '(no answer yet)'}`);

  await stack.fireSchedule();
  const settled = v.parse(orderAnswer, (await api.get(`/orders/${placed.id}`)).body);
  say(`  ${settled.state}: ${settled.filledQuantity} bought at ${settled.averagePrice ?? '?'} USD`);

  const { consumption, currency } = v.parse(balancesAnswer, (await api.get('/balances')).body);
  say('Consumption account:');
  for (const { instrument, instrumentId, usable } of consumption)
    say(`  ${instrument ?? instrumentId}: ${usable} Units`);
  for (const { currency: name, available, locked } of currency)
    say(`  ${name}: ${available} available, ${locked} locked`);

  const { orders } = exchange.admin.truth();
  const sentOnce = orders.byClientId[placed.id]?.length === 1 && Object.keys(orders.duplicates).length === 0;
  const arrived = consumption.some(
    ({ instrument, usable }) => instrument === placed.instrument && usable !== '0',
  );
  return settled.state === 'FILLED' && sentOnce && arrived;
}
