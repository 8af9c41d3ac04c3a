/** Units of a whole run, the first day included, in steps. */
export interface Flows {
  bought: number;
  used: number;
  expired: number;
}

/** Units appeared or vanished: the backtest itself is wrong, and none of its figures can be believed. */
class ConservationError extends Error {
  override readonly name = 'ConservationError';
}

/**
 * What was bought was used, has expired or is still there. Exact: all are sums of whole steps.
 *
 * @throws ConservationError
 */
export function assertConservation({ bought, used, expired }: Flows, held: number): void {
  if (bought === used + expired + held) return;
  throw new ConservationError(
    `${bought} steps were bought, but ${used} used, ${expired} expired and ${held} held.`,
  );
}
