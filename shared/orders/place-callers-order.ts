import { type BuyIntent, type PlaceOrderPorts, type PlaceOrderResult, placeOrder } from './place-order.ts';

/**
 * Buys once for a caller, under the settings in force. If they change between the decision and the record nothing is
 * recorded, and the wish is decided anew by what is in force then: once, for settings do not change twice in a moment.
 *
 * @param decide reads what is in force, and says what the caller's wish is under it
 * @throws what `placeOrder` and `decide` throw; nothing was sent
 */
export async function placeCallersOrder(
  ports: PlaceOrderPorts,
  decide: () => Promise<BuyIntent>,
): Promise<PlaceOrderResult> {
  const result = await placeOrder(ports, await decide());
  return result.kind === 'settings-changed' ? placeOrder(ports, await decide()) : result;
}
