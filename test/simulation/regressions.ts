import type { FaultClass } from './faults/fault-plan.ts';

/** A run that once broke a rule of code that has been mended since. */
export interface Regression {
  readonly seed: number;
  readonly faultClass: FaultClass;
  readonly was: string;
}

/** Seeds mean other runs when the scenarios change; what they have found is kept by name in the tests of its place. */
export const regressions: readonly Regression[] = [
  { seed: 203, faultClass: 'A', was: 'L1: the breaker was opened after the late sighting was written' },
  { seed: 322, faultClass: 'A', was: 'L1: the breaker was opened after the late sighting was written' },
  { seed: 293, faultClass: 'B', was: 'L1: the breaker was opened after the late sighting was written' },
];
