import { moves } from './moves.ts';
import { type Order, type OrderState, orderStates } from './order.ts';

/** Where an order may go from each state, as the table of moves has it. */
export const legalMoves: Readonly<Record<OrderState, readonly OrderState[]>> = targetsByState();

const liveStates: ReadonlySet<OrderState> = new Set([
  'PENDING',
  'SUBMITTED',
  'UNKNOWN',
  'OPEN',
  'PARTIALLY_FILLED',
]);

/** Whether the order may still buy something. */
export function isLive(state: OrderState): boolean {
  return liveStates.has(state);
}

/** Whether the order may move, or stay, so. */
export function mayMove(from: OrderState, to: OrderState): boolean {
  return from === to || legalMoves[from].includes(to);
}

/** Whether nothing more is to be done or learnt about the order. */
export function isFinished(order: Pick<Order, 'state' | 'confirmed'>): boolean {
  return order.state === 'ABANDONED' || (!isLive(order.state) && order.confirmed);
}

/** The next version of an order. Throws if the move is not in the table: that is a bug, not an event. */
export function moveOrder(order: Order, changes: Partial<Order>, now: number): Order {
  const state = changes.state ?? order.state;
  if (!mayMove(order.state, state)) throw new Error(`An order cannot move from ${order.state} to ${state}.`);
  const settledAt = isLive(state) ? undefined : state === order.state ? order.settledAt : now;
  const next = { ...order, settledAt, ...changes, version: order.version + 1, updatedAt: now };
  return {
    ...next,
    holdsSlot: order.holdsSlot && !isFinished(next),
    holdsTerms: order.holdsTerms && isNotLocated(next),
  };
}

/** Whether it may still have to be found at the exchange: one that was given up may appear late. */
function isNotLocated(order: Order): boolean {
  return order.exchangeOrderId === undefined && (order.state === 'ABANDONED' || !isFinished(order));
}

function targetsOf(state: OrderState): readonly OrderState[] {
  const targets = moves.filter(({ from }) => from.includes(state)).flatMap(({ to }) => to);
  return orderStates.filter((one) => targets.includes(one));
}

function targetsByState(): Record<OrderState, readonly OrderState[]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every state is a key
  return Object.fromEntries(orderStates.map((state) => [state, targetsOf(state)])) as Record<
    OrderState,
    readonly OrderState[]
  >;
}
