/** What kind of trouble a read ran into; decides what a person is told and whether it can pass. */
export type ReadErrorKind =
  /** 401: wrong key, revoked key, or a clock that is off. */
  | 'unauthorized'
  /** 403: the account may not do this, for example because it is in Auto mode. */
  | 'forbidden'
  /** 404: no such resource, or the wrong path family. */
  | 'not-found'
  /** 429, still after the retries. */
  | 'rate-limited'
  /** No answer, or 5xx, still after the retries. */
  | 'unavailable'
  /** Another 4xx or a redirect. */
  | 'refused'
  /** A 2xx that does not say what it should. Never guessed at. */
  | 'unreadable';

/** A read of the exchange failed. Holds a status and codes only, never a body, a header or a URL with its query. */
export class ExchangeReadError extends Error {
  readonly kind: ReadErrorKind;
  /** What was read, for example `consumption-accounts`. */
  readonly resource: string;
  readonly status: number | undefined;
  readonly code: string;

  constructor(kind: ReadErrorKind, resource: string, code: string, status?: number) {
    super(`Reading ${resource} from the exchange failed: ${kind} (${status ?? 'no answer'}, ${code}).`);
    this.name = 'ExchangeReadError';
    this.kind = kind;
    this.resource = resource;
    this.status = status;
    this.code = code;
  }
}
