import { stepsPerUnit } from '../amounts.ts';
import type { Buyer, Reading } from './buyer.ts';

/** How the exchange's replenishment script is set, as published: 10 Units at 2.50 USD when fewer than 5 are there. */
export interface ScriptSettings {
  /** Whole Units. */
  readonly minimum: number;
  readonly quantity: number;
  /** Cents of its limit orders; undefined for market orders. */
  readonly limit: number | undefined;
  /** Minutes between two runs. */
  readonly every: number;
  /** Whether it subtracts what is ordered already. The published script does not. */
  readonly isNetted: boolean;
}

/** One balance read a run, and nothing else. */
const scriptReads = 1;
const nettedReads = 2;

export function scriptBuyer({ minimum, quantity, limit, every, isNetted }: ScriptSettings): Buyer {
  const price = limit ?? Number.POSITIVE_INFINITY;
  return {
    highestPrice: price,
    reviewEvery: every,
    readsPerReview: isNetted ? nettedReads : scriptReads,
    review: (reading, desk) => {
      const position = reading.balance + (isNetted ? onItsWay(reading) : 0);
      if (position < minimum * stepsPerUnit) desk.place(quantity, price, limit !== undefined);
    },
  };
}

function onItsWay({ orders, inTransit }: Reading): number {
  return orders.reduce((sum, order) => sum + order.remaining * stepsPerUnit, inTransit);
}
