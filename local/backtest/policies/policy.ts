import type { Conditions } from '../simulate/conditions.ts';
import type { Buyer } from './buyer.ts';

/** A policy that can be named on the command line. */
export interface Policy {
  readonly title: string;
  /** Everything that it remembers is new. */
  readonly startBuyer: (conditions: Conditions) => Buyer;
}
