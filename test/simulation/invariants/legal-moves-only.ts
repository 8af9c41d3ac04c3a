import { legalMoves } from '../../../shared/orders/life-cycle.ts';
import type { Order } from '../../../shared/orders/order.ts';
import { isAdoption } from '../world/facts.ts';
import type { Invariant } from './invariant.ts';

/** What an order is never changes; only what became of it does. */
const fixed = [
  'orderId',
  'nonce',
  'payloadFingerprint',
  'source',
  'principal',
  'instrument',
  'marketId',
  'requestedType',
  'timeInForce',
  'quantity',
  'limitPrice',
  'feeBasisPoints',
  'budgetDay',
  'budgetMonth',
  'createdAt',
] as const satisfies readonly (keyof Order)[];

/** Checked against the table and not against the function that reads it. */
export const legalMovesOnly: Invariant = {
  number: 'I8',
  sentence:
    'Records move along the table only, by one version each, never lose fills and never change their terms. They begin as PENDING; where a restored table takes an order up that the exchange has and it has not, as SUBMITTED.',
  atWrite: (world, write) => {
    const { before, after } = write;
    if (before === undefined) {
      const isNew = after.state === 'PENDING' && after.version === 1;
      return isNew || isAdoption(world, write) ? undefined : `${after.orderId} began as ${after.state}`;
    }
    const isLegal = before.state === after.state || legalMoves[before.state].includes(after.state);
    if (!isLegal) return `${after.orderId} moved from ${before.state} to ${after.state}`;
    if (after.version !== before.version + 1) return `${after.orderId} skipped a version`;
    if (after.filledQuantity < before.filledQuantity) return `${after.orderId} lost a fill`;
    if (after.spent < before.spent) return `${after.orderId} spent less than before`;
    const changed = fixed.find((field) => before[field] !== after[field]);
    return changed === undefined ? undefined : `${after.orderId} changed its ${changed}`;
  },
};
