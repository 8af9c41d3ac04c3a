import type { Order, OrderState } from './order.ts';

/**
 * The legal moves of an order. Every other move is a bug.
 *
 * PENDING is recorded and not yet sent, SUBMITTED is claimed for its one POST, UNKNOWN got no clear answer.
 * ABANDONED is an unknown order that several complete listings did not show; it keeps its reservation. A final
 * state can still change when the exchange reports an order late: such moves are legal and alarmed.
 */
export const legalMoves: Readonly<Record<OrderState, readonly OrderState[]>> = {
  PENDING: ['SUBMITTED', 'REJECTED', 'EXPIRED'],
  SUBMITTED: [
    'OPEN',
    'PARTIALLY_FILLED',
    'FILLED',
    'REJECTED',
    'UNKNOWN',
    'CANCELLED',
    'EXPIRED',
    'ABANDONED',
  ],
  UNKNOWN: ['OPEN', 'PARTIALLY_FILLED', 'FILLED', 'REJECTED', 'CANCELLED', 'EXPIRED', 'ABANDONED'],
  OPEN: ['PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'EXPIRED', 'REJECTED'],
  PARTIALLY_FILLED: ['FILLED', 'CANCELLED', 'EXPIRED'],
  FILLED: [],
  CANCELLED: ['FILLED'],
  EXPIRED: ['FILLED'],
  REJECTED: ['OPEN', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'EXPIRED'],
  ABANDONED: ['OPEN', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'EXPIRED', 'REJECTED'],
};

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
  return { ...next, holdsSlot: order.holdsSlot && !isFinished(next) };
}
