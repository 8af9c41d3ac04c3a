import type { Invariant } from './invariant.ts';

/** What the rules exclude has happened: a person must look before more is bought. */
export const lateSightingsStopBuying: Invariant = {
  number: 'L1',
  sentence: 'An order that is seen after its end opens the breaker.',
  afterHealing: ({ facts, statistics }) => {
    const sawLate = [...facts.records.values()].some((record) => record.lateSightings > 0);
    return sawLate && statistics.breakerOpenings === 0
      ? 'a late sighting left the breaker closed'
      : undefined;
  },
};
