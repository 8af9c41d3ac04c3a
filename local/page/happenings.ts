/** A line of what happened. */
export interface Happening {
  /** ms since the epoch. */
  readonly at: number;
  readonly text: string;
}

/** The newest of the things that happened. */
export interface Happenings {
  tell(text: string): void;
  /** Newest first. */
  newest(): readonly Happening[];
}

/** @param most how many are kept */
export function keepHappenings(most: number, now: () => number): Happenings {
  let kept: readonly Happening[] = [];
  return {
    tell: (text) => {
      kept = [{ at: now(), text }, ...kept].slice(0, most);
    },
    newest: () => kept,
  };
}
