/** Time as the scheduler sees it. Tests give one that they move by hand. */
export interface SchedulerClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after a while. The answer cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The computer's clock. Its timers do not keep the process alive. */
export const systemClock: SchedulerClock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
