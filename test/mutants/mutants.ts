import type { Mutant } from './mutant.ts';
import { conditionalWrites } from './rules/conditional-writes.ts';
import { listings } from './rules/listings.ts';
import { money } from './rules/money.ts';
import { onePost } from './rules/one-post.ts';
import { reservations } from './rules/reservations.ts';
import { restores } from './rules/restores.ts';
import { scheduledOrders } from './rules/scheduled-orders.ts';
import { transfers } from './rules/transfers.ts';
import { unclearOrders } from './rules/unclear-orders.ts';

/** The rules of the design, each taken away in the code that keeps it. */
export const mutants: readonly Mutant[] = [
  ...onePost,
  ...unclearOrders,
  ...listings,
  ...money,
  ...conditionalWrites,
  ...scheduledOrders,
  ...transfers,
  ...reservations,
  ...restores,
];
