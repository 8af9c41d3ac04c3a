import type { Part } from './part.ts';
import { bundles } from './parts/bundles.ts';
import { coldStart } from './parts/cold-start.ts';
import { growth } from './parts/growth.ts';
import { load } from './parts/load.ts';
import { memory } from './parts/memory.ts';
import { policy } from './parts/policy.ts';
import { signing } from './parts/signing.ts';
import { tick } from './parts/tick.ts';
import { warmOrder } from './parts/warm-order.ts';

/** Everything that is measured, in the order in which it runs. */
export const parts: readonly Part[] = [
  bundles,
  coldStart,
  warmOrder,
  tick,
  load,
  growth,
  signing,
  policy,
  memory,
];
