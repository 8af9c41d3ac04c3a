import * as v from 'valibot';
import { instrumentsSchema } from '../configuration/instruments.ts';
import { spendingLimitsSchema } from '../configuration/spending-limits.ts';

/** Of a stage's deployment, what settings stay within. */
export const deploymentSchema = v.object({
  spendingLimits: spendingLimitsSchema,
  instruments: instrumentsSchema,
});

export type Deployment = v.InferOutput<typeof deploymentSchema>;
