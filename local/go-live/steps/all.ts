import type { Step } from '../step.ts';
import { cancelRace } from './cancel-race.ts';
import { duplicateId } from './duplicate-id.ts';
import { immediateOrCancel } from './immediate-or-cancel.ts';
import { listing } from './listing.ts';
import { purchase } from './purchase.ts';
import { refusals } from './refusals.ts';
import { staleTimestamp } from './stale-timestamp.ts';

/**
 * The contract tests: what costs nothing first. The race comes last, because it may buy a Unit that would be taken for the
 * one that the purchase waits for.
 */
export const allSteps: readonly Step[] = [
  refusals,
  staleTimestamp,
  duplicateId,
  immediateOrCancel,
  listing,
  purchase,
  cancelRace,
];
