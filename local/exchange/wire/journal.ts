import type { SignatureProblem } from './signature.ts';

const KEPT = 5000;

/** One request as it was served: what the truth says about calls, without bodies or signatures. */
export interface JournalEntry {
  readonly number: number;
  /** Market time, milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** The endpoint's name, or null for a path that does not exist. */
  readonly endpoint: string | null;
  readonly clientOrderId: string | null;
  signature: SignatureProblem | 'valid' | 'not_needed' | null;
  /** The key that signed it, once its signature was found valid. */
  fingerprint: string | null;
  fault: string | null;
  /** The status that was sent; null when no answer was. */
  status: number | null;
  /** The status that the request itself came to, though its answer was lost or spoiled. */
  realStatus: number | null;
}

/** Counts of calls that a test of "no double buy" starts from. */
export interface CallCounts {
  readonly requests: number;
  readonly byEndpoint: Readonly<Record<string, number>>;
  readonly orderPosts: number;
  readonly orderPostsByClientId: Readonly<Record<string, number>>;
  readonly badSignatures: Readonly<Record<string, number>>;
}

function countInto(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** What was called: the newest requests in full, and counts over all of them. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #byEndpoint = new Map<string, number>();
  readonly #postsByClientId = new Map<string, number>();
  readonly #badSignatures = new Map<string, number>();
  readonly #bad: JournalEntry[] = [];
  #requests = 0;

  /** Opens an entry; its outcome is filled in when it is known. */
  open(
    request: Pick<JournalEntry, 'at' | 'method' | 'path' | 'query' | 'endpoint' | 'clientOrderId'>,
  ): JournalEntry {
    this.#requests += 1;
    const entry: JournalEntry = {
      ...request,
      number: this.#requests,
      signature: null,
      fingerprint: null,
      fault: null,
      status: null,
      realStatus: null,
    };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.shift();
    countInto(this.#byEndpoint, request.endpoint ?? 'unknown');
    if (request.endpoint === 'POST /orders' && request.clientOrderId !== null) {
      countInto(this.#postsByClientId, request.clientOrderId);
    }
    return entry;
  }

  noteBadSignature(entry: JournalEntry, problem: SignatureProblem): void {
    entry.signature = problem;
    countInto(this.#badSignatures, problem);
    this.#bad.push(entry);
    if (this.#bad.length > KEPT) this.#bad.shift();
  }

  /** The newest entries, newest first. */
  newest(count: number): readonly JournalEntry[] {
    return this.#entries.slice(-count).toReversed();
  }

  /** Requests with a bad signature, newest first. */
  badSignatures(): readonly JournalEntry[] {
    return this.#bad.toReversed();
  }

  counts(): CallCounts {
    return {
      requests: this.#requests,
      byEndpoint: Object.fromEntries(this.#byEndpoint),
      orderPosts: this.#byEndpoint.get('POST /orders') ?? 0,
      orderPostsByClientId: Object.fromEntries(this.#postsByClientId),
      badSignatures: Object.fromEntries(this.#badSignatures),
    };
  }
}
