import type * as v from 'valibot';
import { type ClockSetting, createMarketClock, type MarketClock } from './clock.ts';
import type { Amount } from './decimal.ts';
import { Exchange } from './exchange.ts';
import { FaultPlan } from './faults/fault-plan.ts';
import { applyModes, defaultModes, type Modes, type modesChangeSchema } from './modes.ts';
import type { Input } from './persistence/input.ts';
import { createRandom } from './random.ts';
import type { VerifyEd25519 } from './wire/ed25519.ts';
import { Journal } from './wire/journal.ts';
import { KeyRegistry } from './wire/keys.ts';
import { RateLimiter } from './wire/rate-limiter.ts';

/** What a simulator starts from, and goes back to on a reset. */
export interface SimulatorStart {
  readonly seed: number;
  readonly startUsd: Amount;
  readonly clock: ClockSetting;
  readonly modes: v.InferOutput<typeof modesChangeSchema>;
  readonly publicKeys: readonly Uint8Array[];
  readonly sellersEnabled: boolean;
  /** The real time, milliseconds since 1970. */
  readonly wallClock: () => number;
  readonly verify: VerifyEd25519;
}

/** Everything one simulated exchange consists of, between two resets. */
export interface Simulator {
  readonly modes: Modes;
  readonly clock: MarketClock;
  readonly exchange: Exchange;
  readonly keys: KeyRegistry;
  readonly verify: VerifyEd25519;
  readonly faults: FaultPlan;
  readonly limiter: RateLimiter;
  readonly journal: Journal;
  /** The account's owner, `user_<uuid>`. */
  readonly userId: string;
  /** A stable id for one of the account's parts, `account_<uuid>`. */
  readonly accountId: (part: string) => string;
  /** The exchange's own time as its `Date` header and signature check know it, milliseconds since 1970. */
  readonly exchangeTime: () => number;
  /** Writes an input down before it is carried out, when somebody keeps a journal. */
  readonly record: (input: Input) => void;
}

/** Takes what a simulator is about to carry out, with the exchange as it is just before. */
export type RecordInput = (input: Input, exchange: Exchange) => void;

/**
 * Makes a simulator in its first state.
 *
 * @param clock a clock that stands in for the one that the start asks for
 */
export function createSimulator(
  start: SimulatorStart,
  clock: MarketClock = createMarketClock(start.clock, start.wallClock),
  record: RecordInput = () => undefined,
): Simulator {
  const modes = defaultModes();
  applyModes(modes, start.modes);
  const exchange = new Exchange({
    clock,
    modes,
    seed: start.seed,
    startUsd: start.startUsd,
    sellersEnabled: start.sellersEnabled,
  });
  const keys = new KeyRegistry();
  for (const publicKey of start.publicKeys) keys.register(publicKey);
  return {
    modes,
    clock,
    exchange,
    keys,
    verify: start.verify,
    faults: new FaultPlan(createRandom(start.seed, 'faults')),
    limiter: new RateLimiter(),
    journal: new Journal(),
    userId: `user_${createRandom(start.seed, 'user').uuid()}`,
    accountId: (part) => `account_${createRandom(start.seed, `account ${part}`).uuid()}`,
    exchangeTime: () => {
      const time = modes.signatureClock === 'market' ? clock.now() : start.wallClock();
      return time + modes.clockOffsetSeconds * 1000;
    },
    record: (input) => record(input, exchange),
  };
}
