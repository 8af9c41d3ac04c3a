import * as v from 'valibot';
import { positiveUsd } from '../configuration/buyable-instruments.ts';
import { topUpSchema } from '../configuration/instruments.ts';
import { describeIssue } from '../configuration/problems.ts';
import { someSpendingLimitsSchema } from '../configuration/spending-limits.ts';
import { modes } from '../orders/control-port.ts';

/** What may be set of an instrument. */
const instrumentSettings = v.strictObject({
  /** The most that any order bids for a Unit, in an emergency too. USD. */
  maximumPrice: v.exactOptional(positiveUsd),
  /** Nothing of it is bought, by callers or by the schedule. */
  paused: v.exactOptional(v.boolean('must be true or false')),
  /** How it is topped up: the whole of it, in place of what the stage's file says. */
  topUp: v.exactOptional(topUpSchema),
});

/**
 * What an administrator can change without a deployment. What is absent is as the stage's file has it, and nothing here
 * goes beyond what that allows.
 */
const settingsSchema = v.strictObject({
  mode: v.picklist(modes, `must be one of ${modes.join(', ')}`),
  spendingLimits: v.optional(someSpendingLimitsSchema, {}),
  /** By symbol. */
  instruments: v.optional(v.record(v.string(), instrumentSettings), {}),
});

export type Settings = v.InferOutput<typeof settingsSchema>;

/** A stage in which nobody has set anything reads and decides, and sends nothing. */
export const newStageSettings: Settings = { mode: 'DRY_RUN', spendingLimits: {}, instruments: {} };

/** Settings, or everything that is wrong with what should be some. */
export type ParsedSettings =
  | { readonly settings: Settings; readonly problems: readonly [] }
  | { readonly settings: undefined; readonly problems: readonly string[] };

/** Checks the form. Whether a stage allows what is set, `problemsUnder` says. */
export function parseSettings(value: unknown): ParsedSettings {
  const result = v.safeParse(settingsSchema, value);
  if (result.success) return { settings: result.output, problems: [] };
  const problems = result.issues.map((issue) => describeIssue(issue));
  return { settings: undefined, problems: [...new Set(problems)] };
}
