import { cancelOrder } from '../../../shared/orders/cancel-order.ts';
import type { World } from '../world/world.ts';
import type { Platform } from './invoke.ts';

const requestTimeoutMs = 25_000;

/** Somebody cancels one of the orders that there are. */
export function cancelSome(world: World, platform: Platform): void {
  const { random, store, statistics } = world;
  const [first, ...others] = store.orders.keys();
  if (first === undefined) return;
  const orderId = random.pick([first, ...others]);
  statistics.cancels += 1;
  platform.invoke({
    name: 'cancel',
    timeoutMs: requestTimeoutMs,
    usualCalls: 5,
    handle: async (ports) => {
      await cancelOrder(ports, orderId);
    },
  });
}
