import type { Clock } from '../../shared/time/clock.ts';

/** How long a thing took to show: within so many seconds, or not at all in the time given. */
export type Lag = { readonly shown: true; readonly seconds: number } | { readonly shown: false };

const pauseMs = 1_000;

/** Looks once a second whether something shows. */
export async function until(
  clock: Clock,
  patienceSeconds: number,
  shows: () => Promise<boolean>,
): Promise<Lag> {
  const begun = clock.now();
  for (;;) {
    if (await shows()) return { shown: true, seconds: Math.ceil((clock.now() - begun) / 1_000) };
    if (clock.now() - begun >= patienceSeconds * 1_000) return { shown: false };
    await clock.wait(pauseMs);
  }
}

export function lagInWords(lag: Lag, patienceSeconds: number): string {
  return lag.shown ? `within ${lag.seconds} s` : `not within ${patienceSeconds} s`;
}
