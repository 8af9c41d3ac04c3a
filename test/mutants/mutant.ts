import type { FaultClass, FaultPlan } from '../simulation/faults/fault-plan.ts';
import type { Scenario } from '../simulation/world/scenario.ts';

/** A piece of production code, and what stands there instead. */
export interface Replacement {
  /** From the root of the project. */
  readonly file: string;
  /** Must be in the file exactly once. */
  readonly find: string;
  readonly by: string;
}

/** A rule of the design taken out of the production code. */
export interface Mutant {
  /** What the service is like without the rule. */
  readonly name: string;
  /** The rule's number in the design, such as `R1`. */
  readonly rule: string;
  readonly replacements: readonly Replacement[];
  readonly faultClass: FaultClass;
  /** Faults that are not left to chance: where the rule is about a rare conjunction. */
  readonly faults?: Partial<FaultPlan>;
  /** What else is not left to chance. */
  readonly scenario?: Partial<Scenario>;
  /** Invariants of which one is the first to be broken. */
  readonly breaks: readonly string[];
  /** Only runs whose orders go through the exchange's client itself can show it. */
  readonly overTheWire?: true;
  /** Why it is not found alone, and what else is taken away so that it is. */
  readonly secondLayer?: SecondLayer;
}

/** What keeps the promises when a rule is gone. */
export interface SecondLayer {
  readonly name: string;
  readonly replacements: readonly Replacement[];
}

/** All that is ever replaced for a mutant. */
export function replacementsOf({ replacements, secondLayer }: Mutant): readonly Replacement[] {
  return [...replacements, ...(secondLayer?.replacements ?? [])];
}
