/**
 * Gives a function's process a time of its own: `Date` stands at the moment that the runner names, at the start in the
 * query of this module's URL and later with each event. Timers and `performance` stay real, so that time-outs work.
 *
 * Loaded with `--import`, before anything that could look at the clock.
 */
/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment */
let now = Number(new URL(import.meta.url).searchParams.get('at'));

globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now] : parts));
  }

  static now() {
    return now;
  }
};

globalThis[Symbol.for('local-runner:set-time')] = (milliseconds) => {
  now = milliseconds;
};
