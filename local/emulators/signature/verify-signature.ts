import { timingSafeEqual } from 'node:crypto';
import { type Authorization, parseAuthorization } from './authorization-header.ts';
import { canonicalRequest, sha256Hex, type WireRequest } from './canonical-request.ts';
import { hmac, signingKey } from './signing-key.ts';

/** Why a request was refused. */
export type SignatureRefusal =
  | 'missing'
  | 'malformed'
  | 'unknown-key'
  | 'wrong-scope'
  | 'unsigned-header'
  | 'clock-skew'
  | 'payload-mismatch'
  | 'signature-mismatch';

/** The outcome of a check: who signed, or why the request is refused. */
export type SignatureCheck =
  | { readonly ok: true; readonly accessKeyId: string }
  | { readonly ok: false; readonly reason: SignatureRefusal };

/** What a request's signature is checked against. */
export interface SignatureExpectation {
  readonly region: string;
  /** Signing name of the service, for example `execute-api`. */
  readonly service: string;
  /** The secret of an access key, or undefined when the key is unknown. */
  readonly secretOf: (accessKeyId: string) => string | undefined;
  /** Time of the check, milliseconds since the epoch. */
  readonly now: number;
}

/** AWS refuses a request whose date is further away than this. */
const allowedSkewMs = 5 * 60 * 1000;

/**
 * Checks a Signature Version 4 `Authorization` header.
 *
 * Written from the specification and not with the signing library, so that the callers' library and this
 * check are independent of each other. Signatures in the query string (presigned URLs) count as missing.
 */
export function verifySignature(request: WireRequest, expectation: SignatureExpectation): SignatureCheck {
  const header = headerOf(request, 'authorization');
  if (header === undefined) return refusal('missing');
  const authorization = parseAuthorization(header);
  if (authorization === undefined) return refusal('malformed');
  const secret = expectation.secretOf(authorization.accessKeyId);
  if (secret === undefined) return refusal('unknown-key');
  const reason =
    scopeFault(authorization, expectation) ??
    unsignedHeader(request, authorization) ??
    dateFault(request, authorization, expectation.now) ??
    payloadFault(request) ??
    signatureFault(request, authorization, secret);
  return reason === undefined ? { ok: true, accessKeyId: authorization.accessKeyId } : refusal(reason);
}

function refusal(reason: SignatureRefusal): SignatureCheck {
  return { ok: false, reason };
}

function headerOf(request: WireRequest, name: string): string | undefined {
  return request.headers.find(([header]) => header === name)?.[1];
}

function scopeFault(
  authorization: Authorization,
  expectation: SignatureExpectation,
): 'wrong-scope' | undefined {
  const matches =
    authorization.region === expectation.region && authorization.service === expectation.service;
  return matches ? undefined : 'wrong-scope';
}

/** Host and every `x-amz-` header must be signed: what is not signed can be changed on the way. */
function unsignedHeader(request: WireRequest, authorization: Authorization): 'unsigned-header' | undefined {
  const signed = new Set(authorization.signedHeaders);
  const needed = request.headers
    .map(([name]) => name)
    .filter((name) => name === 'host' || name.startsWith('x-amz-'));
  return signed.has('host') && needed.every((name) => signed.has(name)) ? undefined : 'unsigned-header';
}

function dateFault(
  request: WireRequest,
  authorization: Authorization,
  now: number,
): 'missing' | 'malformed' | 'clock-skew' | undefined {
  const date = headerOf(request, 'x-amz-date');
  if (date === undefined) return 'missing';
  const time = parseLongDate(date);
  if (Number.isNaN(time) || !date.startsWith(authorization.day)) return 'malformed';
  return Math.abs(now - time) > allowedSkewMs ? 'clock-skew' : undefined;
}

/** `20261123T101500Z` to milliseconds since the epoch, NaN when it is something else. */
function parseLongDate(text: string): number {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function payloadFault(request: WireRequest): 'payload-mismatch' | undefined {
  const claimed = headerOf(request, 'x-amz-content-sha256');
  return claimed === undefined || claimed === sha256Hex(request.body) ? undefined : 'payload-mismatch';
}

function signatureFault(
  request: WireRequest,
  authorization: Authorization,
  secret: string,
): 'malformed' | 'signature-mismatch' | undefined {
  const expected = expectedSignature(request, authorization, secret);
  if (expected === undefined) return 'malformed';
  const given = Buffer.from(authorization.signature, 'hex');
  return timingSafeEqual(expected, given) ? undefined : 'signature-mismatch';
}

function expectedSignature(
  request: WireRequest,
  authorization: Authorization,
  secret: string,
): Buffer | undefined {
  const { day, region, service, signedHeaders } = authorization;
  try {
    const text = [
      'AWS4-HMAC-SHA256',
      headerOf(request, 'x-amz-date') ?? '',
      `${day}/${region}/${service}/aws4_request`,
      sha256Hex(canonicalRequest(request, signedHeaders)),
    ].join('\n');
    return hmac(signingKey(secret, [day, region, service, 'aws4_request']), text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
