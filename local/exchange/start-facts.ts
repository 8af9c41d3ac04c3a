import * as v from 'valibot';
import type { ClockSetting } from './clock.ts';
import { amount } from './decimal.ts';
import { modesChangeSchema } from './modes.ts';
import type { SimulatorStart } from './simulator.ts';
import { decodePublicKey } from './wire/keys.ts';

/** What decides how the simulated world begins, in the form in which it is asked for and written down. */
export interface StartFacts {
  readonly seed: number;
  readonly usd: string;
  readonly clock: ClockSetting;
  readonly modes: Readonly<Record<string, unknown>>;
  readonly sellers: boolean;
  readonly publicKeys: readonly string[];
}

/** Some of the facts; the others are left to their defaults, or to what an earlier start decided. */
export type GivenFacts = { readonly [Name in keyof StartFacts]?: StartFacts[Name] | undefined };

/** What this process adds: how it tells the time and verifies signatures. Neither decides what happens. */
export type Means = Pick<SimulatorStart, 'wallClock' | 'verify'>;

/** Fills in the defaults. */
export function completeFacts(given: GivenFacts): StartFacts {
  return {
    seed: given.seed ?? 1,
    usd: given.usd ?? '1000',
    clock: given.clock ?? { mode: 'real' },
    modes: given.modes ?? {},
    sellers: given.sellers ?? true,
    publicKeys: given.publicKeys ?? [],
  };
}

/**
 * Reads the facts.
 *
 * @throws when one of them makes no sense
 */
export function simulatorStart(facts: StartFacts, means: Means): SimulatorStart {
  return {
    ...means,
    seed: facts.seed,
    startUsd: amount(facts.usd),
    clock: facts.clock,
    modes: v.parse(modesChangeSchema, facts.modes),
    publicKeys: facts.publicKeys.map(publicKeyBytes),
    sellersEnabled: facts.sellers,
  };
}

function publicKeyBytes(text: string): Uint8Array {
  const bytes = decodePublicKey(text);
  if (bytes === undefined) throw new Error('a public key must be base64 of 32 bytes');
  return bytes;
}
