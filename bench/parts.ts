import type { Part } from './part.ts';
import { bundles } from './parts/bundles.ts';
import { coldStart } from './parts/cold-start.ts';

/** Everything that is measured, in the order in which it runs. */
export const parts: readonly Part[] = [bundles, coldStart];
