/** The time, and waiting for it. Injected everywhere, so that tests and simulations own it. */
export interface Clock {
  /** Unix time in ms. */
  now(): number;
  /** Resolves after so many ms. */
  wait(milliseconds: number): Promise<void>;
}
