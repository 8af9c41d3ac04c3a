/**
 * Values as a read model shows them some time after they changed. The exchange's lists and balances are
 * projections: right after a 2xx a list may omit the order, right after a fill a balance may be old.
 */
export interface Lagged<Value> {
  /** Notes the value that holds from `at` on. Values must not be changed after they were recorded. */
  record(at: number, value: Value): void;
  /** The value that held at a moment, or undefined when there was none yet. */
  readAt(at: number): Value | undefined;
  /** The oldest value still known. */
  oldest(): Value | undefined;
}

/** @param keepMilliseconds how far back readers may look; older values are forgotten. */
export function createLagged<Value>(keepMilliseconds: number): Lagged<Value> {
  const entries: { at: number; value: Value }[] = [];
  return {
    record: (at, value) => {
      const last = entries.at(-1);
      if (last !== undefined && last.at === at) last.value = value;
      else entries.push({ at, value });
      // The newest entry that is too old still tells what held when the kept period began.
      while ((entries[1]?.at ?? Number.POSITIVE_INFINITY) <= at - keepMilliseconds) entries.shift();
    },
    readAt: (at) => entries.findLast((entry) => entry.at <= at)?.value,
    oldest: () => entries[0]?.value,
  };
}
