import type { SigningKey } from './signing-key.ts';

/** A request as it will go over the wire. What is signed must be what is sent, byte for byte. */
export interface RequestToSign {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path as the server receives it, with its prefix. A query may follow; it is not part of the signature. */
  readonly target: string;
  /** The exact body; empty when there is none. */
  readonly body: Uint8Array | string;
  /** Unix time in whole seconds. The exchange accepts it for 30 s either way. */
  readonly timestampSeconds: number;
}

/** A timestamp above this is in milliseconds (seconds reach it in the year 5138). */
const firstImpossibleTimestamp = 100_000_000_000;

/**
 * Signs a request for the exchange: Ed25519 over `timestamp + METHOD + path + body`, joined without separators.
 *
 * @returns the three headers that every request needs, reads included
 * @throws RangeError if the timestamp is not in whole seconds
 */
export function signRequest(key: SigningKey, request: RequestToSign): Record<string, string> {
  const timestamp = timestampText(request.timestampSeconds);
  const path = request.target.split('?', 1)[0] ?? '';
  const head = Buffer.from(`${timestamp}${request.method}${path}`, 'utf8');
  const signature = key.sign(Buffer.concat([head, Buffer.from(request.body)]));
  return {
    'x-thegrid-signature': signature.toString('base64'),
    'x-thegrid-timestamp': timestamp,
    'x-thegrid-fingerprint': key.fingerprint,
  };
}

function timestampText(seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds >= firstImpossibleTimestamp) {
    throw new RangeError(`The timestamp of a signature is Unix time in whole seconds, not ${seconds}.`);
  }
  return String(seconds);
}
