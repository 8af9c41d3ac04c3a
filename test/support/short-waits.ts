/** What runs in each function before its own code: waiting, as the clock of the functions does it, takes a twentieth. */
const source = `
  import { syncBuiltinESMExports } from 'node:module';
  import timers from 'node:timers/promises';
  const { setTimeout } = timers;
  timers.setTimeout = (milliseconds, ...others) => setTimeout(milliseconds / 20, ...others);
  syncBuiltinESMExports();
`;

/**
 * Environment in which functions do not wait as long between attempts. Time-outs, and whatever is decided by the time,
 * stay as they are.
 */
export const shortWaits = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(source)}`,
};
