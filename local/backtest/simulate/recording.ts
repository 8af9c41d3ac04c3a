/** A run for plots: sums over equal spans of time. Units in steps, money in cents. */
export interface Recording {
  readonly minutesPerSpan: number;
  readonly demand: Float64Array;
  readonly used: Float64Array;
  readonly bought: Float64Array;
  readonly spent: Float64Array;
  readonly expired: Float64Array;
  readonly outMinutes: Float64Array;
  /** The most and the least that was held at the end of a minute. */
  readonly mostHeld: Float64Array;
  readonly leastHeld: Float64Array;
  /** Of the asks. */
  readonly askSum: Float64Array;
}

/** What one minute adds to a recording. */
export interface MinuteRecord {
  readonly demand: number;
  readonly used: number;
  readonly bought: number;
  readonly spent: number;
  readonly expired: number;
  readonly isOut: boolean;
  readonly held: number;
  readonly ask: number;
}

export function newRecording(minutes: number, minutesPerSpan: number): Recording {
  const spans = Math.ceil(minutes / minutesPerSpan);
  const sums = () => new Float64Array(spans);
  return {
    minutesPerSpan,
    demand: sums(),
    used: sums(),
    bought: sums(),
    spent: sums(),
    expired: sums(),
    outMinutes: sums(),
    mostHeld: sums(),
    leastHeld: sums().fill(Number.POSITIVE_INFINITY),
    askSum: sums(),
  };
}

export function record(recording: Recording, minute: number, values: MinuteRecord): void {
  const span = Math.floor(minute / recording.minutesPerSpan);
  const add = (sums: Float64Array, value: number): void => {
    sums[span] = (sums[span] ?? 0) + value;
  };
  add(recording.demand, values.demand);
  add(recording.used, values.used);
  add(recording.bought, values.bought);
  add(recording.spent, values.spent);
  add(recording.expired, values.expired);
  add(recording.outMinutes, values.isOut ? 1 : 0);
  add(recording.askSum, values.ask);
  recording.mostHeld[span] = Math.max(recording.mostHeld[span] ?? 0, values.held);
  recording.leastHeld[span] = Math.min(recording.leastHeld[span] ?? 0, values.held);
}
