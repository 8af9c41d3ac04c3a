interface Bucket {
  tokens: number;
  filledAt: number;
}

/** A limit: so many calls at once, and so many per second in the long run. */
export interface Limit {
  readonly name: string;
  readonly capacity: number;
  readonly perSecond: number;
}

export interface LimitVerdict {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until a call is allowed again; 0 when it is allowed now. */
  readonly retryAfterSeconds: number;
}

/** Token buckets on market time, one for each name. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes one token from every bucket, or none at all when one of them is empty. Reports the tightest. */
  take(limits: readonly Limit[], now: number): LimitVerdict | undefined {
    const buckets = limits.map((limit) => ({ limit, bucket: this.#refilled(limit, now) }));
    const allowed = buckets.every(({ bucket }) => bucket.tokens >= 1);
    if (allowed) for (const { bucket } of buckets) bucket.tokens -= 1;
    const tightest = buckets.toSorted((left, right) => left.bucket.tokens - right.bucket.tokens)[0];
    if (tightest === undefined) return undefined;
    const missing = Math.max(0, 1 - tightest.bucket.tokens);
    return {
      allowed,
      limit: tightest.limit.capacity,
      remaining: Math.max(0, Math.floor(tightest.bucket.tokens)),
      retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil(missing / tightest.limit.perSecond)),
    };
  }

  #refilled({ name, capacity, perSecond }: Limit, now: number): Bucket {
    const bucket = this.#buckets.get(name) ?? { tokens: capacity, filledAt: now };
    const gained = ((now - bucket.filledAt) / 1000) * perSecond;
    bucket.tokens = Math.min(capacity, bucket.tokens + gained);
    bucket.filledAt = now;
    this.#buckets.set(name, bucket);
    return bucket;
  }
}
