import { parseDecimal, type Usd } from '../ledger/decimal.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import { askToCancel } from '../orders/cancel-order.ts';
import type { ControlState } from '../orders/control-port.ts';
import type { OrderExchange } from '../orders/exchange-port.ts';
import type { Order } from '../orders/order.ts';
import { payloadFingerprint, scheduleOrderId } from '../orders/order-id.ts';
import { type PlaceOrderPorts, type PlaceOrderResult, placeOrder } from '../orders/place-order.ts';
import type { DecisionAction, OrderAction } from './decisions/decision.ts';
import type { PlannedOrder, TopUpDecision } from './policy/contract.ts';
import type { Tick } from './tick.ts';

/** What carrying out a decision needs. */
export interface CarryOutPorts extends PlaceOrderPorts {
  readonly exchange: PlaceOrderPorts['exchange'] & Pick<OrderExchange, 'cancelOrder'>;
  /** Whether the market takes orders now. */
  readonly isMarketActive: (marketId: string) => Promise<boolean>;
}

/** The bounds of what the schedule may do with an instrument. */
export interface TopUpBounds {
  readonly limits: BuyingLimits;
  /** The most that a top-up pays for a Unit, in an emergency too. USD. */
  readonly highestPrice: Usd;
}

/** Bounds, and the settings that they are of. */
export interface BoundsInForce extends TopUpBounds {
  readonly control: ControlState;
}

/**
 * Does what a policy has decided: first the cancellations, then the orders. A policy is free in what it decides and not
 * in what is done: an order outside of the bounds is left out, whatever the reason for it.
 */
export async function carryOut(
  ports: CarryOutPorts,
  tick: Tick,
  bounds: BoundsInForce,
  own: readonly Order[],
  decision: Pick<TopUpDecision<unknown>, 'cancels' | 'orders'>,
): Promise<readonly DecisionAction[]> {
  const actions: DecisionAction[] = [];
  for (const orderId of decision.cancels) actions.push(await cancel(ports, own, orderId));
  for (const planned of decision.orders) actions.push(await order(ports, tick, bounds, planned));
  return actions;
}

async function cancel(ports: CarryOutPorts, own: readonly Order[], orderId: string): Promise<DecisionAction> {
  const known = own.find((one) => one.orderId === orderId);
  if (known?.exchangeOrderId === undefined) return { action: 'cancel', orderId, result: 'not-located' };
  const { outcome } = await askToCancel(ports, known, known.exchangeOrderId);
  return { action: 'cancel', orderId, result: outcome.kind };
}

async function order(
  ports: CarryOutPorts,
  tick: Tick,
  bounds: BoundsInForce,
  planned: PlannedOrder,
): Promise<DecisionAction> {
  const { purpose, quantity, limitPrice: price } = planned;
  const { limits, control } = bounds;
  const wanted = { action: 'order', purpose, quantity, limitPrice: price } as const;
  const limitPrice = parseDecimal(price) ?? 0n;
  if (!isWithin(bounds, quantity, limitPrice)) {
    ports.log.error('decision-out-of-bounds', { instrument: limits.symbol, quantity, price });
    return { ...wanted, result: 'out-of-bounds' };
  }
  if (!(await ports.isMarketActive(limits.marketId))) return { ...wanted, result: 'market-not-active' };
  const result = await placeOrder(ports, {
    orderId: scheduleOrderId({ ...tick, instrument: limits.symbol, purpose }),
    // A tick that is delivered twice is the same purchase, even if the balance has changed in between.
    payloadFingerprint: payloadFingerprint({ tick: tick.scheduledTime, instrument: limits.symbol, purpose }),
    source: 'schedule',
    purpose,
    principal: tick.scheduleArn,
    control,
    limits,
    quantity: BigInt(quantity),
    limitPrice,
    timeInForce: 'gtc',
  });
  return { ...wanted, ...resultOf(result) };
}

function isWithin({ limits, highestPrice }: TopUpBounds, quantity: number, limitPrice: Usd): boolean {
  return (
    Number.isSafeInteger(quantity) &&
    quantity >= 1 &&
    BigInt(quantity) <= limits.maximumQuantity &&
    limitPrice > 0n &&
    limitPrice <= highestPrice &&
    limitPrice % limits.priceTick === 0n
  );
}

function resultOf(result: PlaceOrderResult): Partial<OrderAction> & { readonly result: string } {
  if (!('order' in result)) return { result: result.kind };
  const { orderId, state, reason } = result.order;
  if (result.kind !== 'placed') return { orderId, result: result.kind };
  return { orderId, state, result: reason ?? state };
}
