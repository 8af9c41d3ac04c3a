import type { Conditions } from '../simulate/conditions.ts';
import type { Buyer } from './buyer.ts';

/** A policy that can be named on the command line. */
export interface Policy {
  readonly title: string;
  /** Left out of `--all` unless it is named: deciding takes most of the time there is. */
  readonly isVariant?: boolean;
  /** Everything that it remembers is new. */
  readonly startBuyer: (conditions: Conditions) => Buyer;
}
