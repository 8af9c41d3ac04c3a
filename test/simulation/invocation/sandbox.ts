import type { ClockSkew } from '../../../shared/exchange/signed-requests.ts';
import type { ControlMemory } from '../../../shared/orders/control-memory.ts';
import type { ControlReading } from '../../../shared/store/control-items.ts';
import type { Random } from '../kernel/random.ts';

/** The least and the most that a machine's clock is ahead of the exchange's, ms. */
export interface SkewRange {
  readonly least: number;
  readonly most: number;
}

/** Differences below this are not learnt. */
const noticeableSkewMs = 5_000;
const keyKeptMs = 300_000;

/** The machine that a function runs on: its clock, and what it has learnt and read. */
export class Sandbox {
  /** Our time minus the exchange's. */
  readonly skewMs: number;
  /** What the exchange's client adds to our clock to sign with the exchange's time. */
  readonly clockSkew: ClockSkew = { offset: 0 };

  /** What its functions remember of settings and breaker; made by the first of them. */
  controlMemory: ControlMemory<ControlReading> | undefined;

  /** When the key that it signs with was read from the secret, by the true clock. */
  keyReadAt = Number.NEGATIVE_INFINITY;

  constructor(skewMs: number) {
    this.skewMs = skewMs;
  }

  static start(random: Random, range: SkewRange): Sandbox {
    return new Sandbox(random.integer(range.least, range.most));
  }

  /** A key is kept for a while, and read anew after it was refused. */
  useKey(now: number): void {
    if (now - this.keyReadAt >= keyKeptMs) this.keyReadAt = now;
  }

  forgetKey(): void {
    this.keyReadAt = Number.NEGATIVE_INFINITY;
  }

  /** Takes over the exchange's time, which comes in whole seconds, from its refusal of a signature. */
  learn(exchangeTime: number): void {
    const seen = Math.floor(exchangeTime / 1000) * 1000;
    const offset = seen - (exchangeTime + this.skewMs);
    if (Math.abs(offset - this.clockSkew.offset) >= noticeableSkewMs) this.clockSkew.offset = offset;
  }
}
