import type { VerifyEd25519 } from './ed25519.ts';
import type { ReceivedRequest } from './exchange-of-messages.ts';
import { decodeBase64, type KeyRegistry } from './keys.ts';

/** Why a signed request was turned away. The client sees one 401 for all of them; the truth names each. */
export type SignatureProblem =
  | 'missing_header'
  | 'timestamp_not_an_integer'
  | 'timestamp_outside_window'
  | 'unknown_fingerprint'
  | 'key_revoked'
  | 'signature_not_base64'
  | 'signature_mismatch';

export type SignatureVerdict =
  | { readonly valid: true; readonly fingerprint: string }
  | { readonly valid: false; readonly problem: SignatureProblem };

/** A timestamp may be this far from the exchange's time, in either direction. */
const WINDOW_SECONDS = 30;

function wrong(problem: SignatureProblem): SignatureVerdict {
  return { valid: false, problem };
}

/**
 * Verifies a request as the exchange does: Ed25519 over timestamp, method, path and body, put together
 * without separators. The path is the raw one that arrived, without its query; the body is its raw bytes.
 * Nothing is decoded, normalised or serialized again, so a client that signs anything else is found out.
 *
 * @param exchangeTime the exchange's own time, in milliseconds since 1970.
 */
export function verifySignature(
  request: ReceivedRequest,
  keys: KeyRegistry,
  exchangeTime: number,
  verify: VerifyEd25519,
): SignatureVerdict {
  const signatureText = request.headers['x-thegrid-signature'];
  const timestamp = request.headers['x-thegrid-timestamp'];
  const fingerprint = request.headers['x-thegrid-fingerprint'];
  if (typeof signatureText !== 'string' || typeof timestamp !== 'string' || typeof fingerprint !== 'string') {
    return wrong('missing_header');
  }
  if (!/^\d+$/.test(timestamp)) return wrong('timestamp_not_an_integer');
  const skewSeconds = Math.abs(Number(timestamp) - Math.floor(exchangeTime / 1000));
  if (skewSeconds > WINDOW_SECONDS) return wrong('timestamp_outside_window');
  const key = keys.find(fingerprint);
  if (key === undefined) return wrong('unknown_fingerprint');
  if (key.revoked) return wrong('key_revoked');
  const signature = decodeBase64(signatureText);
  if (signature?.length !== 64) return wrong('signature_not_base64');
  // latin1 gives back the very bytes of the request line, whatever they are.
  const start = Buffer.from(`${timestamp}${request.method}${request.path}`, 'latin1');
  const message = Buffer.concat([start, request.body]);
  const matches = verify(new Uint8Array(message), signature, key.publicKey);
  return matches ? { valid: true, fingerprint } : wrong('signature_mismatch');
}
