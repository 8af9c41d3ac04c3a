/** What the plots show of a moment: columns of the same length, oldest first. `null` where there was nothing. */
export interface Samples {
  /** Seconds since the epoch. */
  readonly time: readonly number[];
  /** Units that the application can use, of all instruments that are topped up. */
  readonly held: readonly (number | null)[];
  /** Best ask. USD. */
  readonly ask: readonly (number | null)[];
  /** Average price of what was bought since the sample before. USD. */
  readonly paid: readonly (number | null)[];
}

/** One moment of them. */
export interface Sample {
  readonly time: number;
  readonly held: number | null;
  readonly ask: number | null;
  readonly paid: number | null;
}

/** @returns the samples with one more, without those that are older than the newest `most` */
export function withSample(samples: Samples, sample: Sample, most: number): Samples {
  return {
    time: [...samples.time, sample.time].slice(-most),
    held: [...samples.held, sample.held].slice(-most),
    ask: [...samples.ask, sample.ask].slice(-most),
    paid: [...samples.paid, sample.paid].slice(-most),
  };
}

export const noSamples: Samples = { time: [], held: [], ask: [], paid: [] };
