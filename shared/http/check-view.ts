import { formatDecimal } from '../ledger/decimal.ts';
import type { BalanceCheck } from '../top-up/check-balances.ts';

/** A balance check as the caller who asked for it sees it, or the person who invokes the function by hand. */
export function checkView({ late, movedOrders, movedTransfers, instruments: checks }: BalanceCheck): object {
  return {
    late,
    orders: movedOrders.map(({ orderId, instrument, state, filledQuantity, averagePrice }) => ({
      id: orderId,
      instrument,
      state,
      filledQuantity: Number(filledQuantity),
      averagePrice: averagePrice === undefined ? null : formatDecimal(averagePrice, 2),
    })),
    transfers: movedTransfers.map(({ transferId, instrument, state, quantity, reason }) => ({
      id: transferId,
      instrument,
      state,
      quantity: Number(quantity),
      reason,
    })),
    instruments: checks.map(({ usable, incoming, bestAsk: _bestAsk, coverMinutes: _cover, ...check }) => ({
      ...check,
      usable: usable === undefined ? null : formatDecimal(usable),
      incoming: incoming === undefined ? null : formatDecimal(incoming),
    })),
  };
}
