import * as v from 'valibot';
import { reasonText } from './read-input.ts';

/** The options of every command that changes settings. */
export const changeOptions = {
  reason: reasonText,
  dryRun: v.optional(v.boolean(), false),
  yes: v.optional(v.boolean(), false),
};
