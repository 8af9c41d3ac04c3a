import type { ControlMemory } from './control-memory.ts';
import type { ControlState } from './control-port.ts';
import { type BuyIntent, type PlaceOrderPorts, type PlaceOrderResult, placeOrder } from './place-order.ts';

/** What placing a caller's order needs. */
export interface CallersOrderPorts<Control extends ControlState> extends PlaceOrderPorts {
  /** Settings, breaker and limits as they are now. */
  readonly readControl: () => Promise<Control>;
  readonly controlMemory: ControlMemory<Control>;
}

/**
 * Buys once for a caller, under the settings in force. It is decided by what was read a moment ago, if that is known: the
 * order is recorded only while it holds. What that refuses, or what has changed meanwhile, is decided anew by what is in force
 * now; and if the settings change between that and the record, once more, for they do not change twice in a moment.
 *
 * @param wishUnder what the caller's wish is under settings
 * @throws what `placeOrder` and `readControl` throw; nothing was sent
 */
export async function placeCallersOrder<Control extends ControlState>(
  ports: CallersOrderPorts<Control>,
  wishUnder: (control: Control) => BuyIntent,
): Promise<PlaceOrderResult> {
  const { controlMemory, readControl } = ports;
  const recalled = controlMemory.recall();
  if (recalled !== undefined) {
    const result = await placeOrder(ports, wishUnder(recalled));
    if (!isBySettings(result)) return result;
  }
  const placeNow = async () => placeOrder(ports, wishUnder(controlMemory.keep(await readControl())));
  const result = await placeNow();
  return result.kind === 'settings-changed' ? placeNow() : result;
}

/** What a wish is refused for by the settings that it is decided by, and not by what the table finds while they hold. */
const refusalsBySettings: ReadonlySet<PlaceOrderResult['kind']> = new Set([
  'settings-changed',
  'stopped',
  'above-maximum-price',
  'no-liquidity',
]);

function isBySettings(result: PlaceOrderResult): boolean {
  const isTooDear = result.kind === 'over-budget' && result.period === 'order';
  return isTooDear || refusalsBySettings.has(result.kind);
}
