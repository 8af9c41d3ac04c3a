import type { Order } from '../../../shared/orders/order.ts';
import type { World } from '../world/world.ts';

/**
 * Whether the record may have been given another order of ours: client order ids are hidden, and one with the same terms was
 * admitted after a complete listing without it had confirmed its refusal. Nobody can tell the two apart.
 */
export function isPerhapsAnother({ scenario, facts }: World, record: Order): boolean {
  if (scenario.faultClass !== 'B' || scenario.showsClientIds) return false;
  return facts.records
    .values()
    .some(
      ({ first, wasReleasedUnseen }) =>
        wasReleasedUnseen && first.orderId !== record.orderId && hasTermsOf(first, record),
    );
}

function hasTermsOf(one: Order, other: Order): boolean {
  return (
    one.marketId === other.marketId && one.quantity === other.quantity && one.limitPrice === other.limitPrice
  );
}
