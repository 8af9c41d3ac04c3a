import type { Usd } from './decimal.ts';

const basisPoints = 10_000n;

/** What a fee of so many basis points adds to an amount, rounded up: the books never understate. */
export function feeOf(amount: Usd, feeBasisPoints: bigint): Usd {
  return (amount * feeBasisPoints + basisPoints - 1n) / basisPoints;
}

/**
 * The most that a limit buy can cost: quantity times limit price, and the fee on it.
 *
 * @param quantity whole Units
 * @param limitPrice USD per Unit
 */
export function reservationFor(quantity: bigint, limitPrice: Usd, feeBasisPoints: bigint): Usd {
  const gross = quantity * limitPrice;
  return gross + feeOf(gross, feeBasisPoints);
}
