import { decimalScale, type Units } from '../../ledger/decimal.ts';
import type { BuyingLimits } from '../../orders/buying-limits.ts';
import type { ReservationTerms } from './reservation.ts';

const hourMs = 3_600_000;
const longestWindowMs = 24 * hourMs;
const furthestAheadMs = 30 * 24 * hourMs;
/** A reservation is bought with several orders; this many of the largest kind are the most. */
const mostOrders = 10n;

/** Something about the window of a reservation that cannot be. */
export interface WindowProblem {
  readonly field: 'neededFrom' | 'neededUntil';
  /** What is wrong and what would be right. */
  readonly message: string;
}

/** Why so many Units of an instrument cannot be reserved; undefined if they can. */
export function unitsProblem(
  units: Units,
  { maximumQuantity }: Pick<BuyingLimits, 'maximumQuantity'>,
): string | undefined {
  const most = maximumQuantity * mostOrders;
  if (units <= most * decimalScale) return undefined;
  return `is above the most that can be reserved: ${most} Units, ${mostOrders} times the instrument's maximumQuantity`;
}

/**
 * Everything that keeps a reservation from having this window; what is not known yet is not judged.
 *
 * @param now ms since the epoch
 */
export function windowProblems(
  { neededFrom, neededUntil }: Partial<Pick<ReservationTerms, 'neededFrom' | 'neededUntil'>>,
  now: number,
): readonly WindowProblem[] {
  return [
    ...problem('neededFrom', beginningProblem(neededFrom, now)),
    ...problem('neededUntil', endProblem(neededFrom, neededUntil, now)),
  ];
}

function problem(field: WindowProblem['field'], message: string | undefined): readonly WindowProblem[] {
  return message === undefined ? [] : [{ field, message }];
}

function beginningProblem(neededFrom: number | undefined, now: number): string | undefined {
  if (neededFrom === undefined || neededFrom - now <= furthestAheadMs) return undefined;
  return 'must be at most 30 days ahead';
}

function endProblem(
  neededFrom: number | undefined,
  neededUntil: number | undefined,
  now: number,
): string | undefined {
  if (neededUntil === undefined) return undefined;
  if (neededUntil <= now) return 'must be in the future';
  if (neededFrom === undefined) return undefined;
  if (neededUntil <= neededFrom) return 'must be after neededFrom';
  if (neededUntil - neededFrom > longestWindowMs) return 'must be at most 24 hours after neededFrom';
  return undefined;
}
