import type { CollectedPeriod } from '../../../local/report/collect.ts';
import { decimalScale } from '../../../shared/ledger/decimal.ts';
import { collectedOf, simulateAccount } from './simulated-account.ts';

const from = Date.parse('2026-11-16T00:00:00Z');
const minutes = 14 * 1440;

/** A fortnight of office hours with a patient buyer: 20,160 checks, an outage, a dear hour, and nights on which Units expire. */
export function sampleFortnight(): CollectedPeriod {
  const noise = pseudoRandom(7);
  let pendingUntil = -1;
  const account = simulateAccount({
    from,
    minutes,
    demand: (minute) => {
      const [day, hour] = [Math.floor(minute / 1440) % 7, Math.floor(minute / 60) % 24];
      const busy = hour >= 8 && hour < 18 && day < 5 ? 1 : 0.06;
      const wave = 1 + 0.5 * Math.sin(minute / 53) + 0.4 * noise();
      return BigInt(Math.round(6_000_000 * busy * wave));
    },
    order: (minute, usable) => {
      const hour = Math.floor(minute / 60) % 24;
      const isBusy = hour >= 8 && hour < 17;
      if (minute <= pendingUntil || usable >= (isBusy ? decimalScale : decimalScale / 4n)) return 0;
      pendingUntil = minute + 4;
      return isBusy ? 1 + (minute % 3) : 1;
    },
    rests: (minute) => minute % 4,
    ask: (minute) => {
      const spike = minute > 9_000 && minute < 9_090 ? 0.35 : 0;
      const cents = Math.round(
        100 * (2.02 + 0.08 * Math.sin(minute / 700) + 0.02 * Math.sin(minute / 61) + spike),
      );
      return BigInt(cents) * 1_000_000n;
    },
    isSilent: (minute) => minute >= 6_000 && minute < 6_040,
  });
  return collectedOf(account, from, minutes, from + minutes * 60_000);
}

function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
