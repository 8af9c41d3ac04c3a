import type { IncomingHttpHeaders } from 'node:http';

/** A request as it arrived, nothing decoded. */
export interface ReceivedRequest {
  readonly method: string;
  /** The raw path, percent signs and all, without the query. */
  readonly path: string;
  /** The raw query without its question mark; empty when there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** An answer before it is written: a JSON body, or none. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What goes over the wire: an answer as bytes, perhaps cut short or late, or nothing at all. */
export type Delivery =
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly bytes: Uint8Array;
      /** Send only this many bytes and then break the connection. */
      readonly cutAfter?: number | undefined;
      /** Market time before which nothing is sent. */
      readonly notBefore?: number | undefined;
    }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };
