import { signRequest } from '../signing/request-signature.ts';
import type { SigningKey } from '../signing/signing-key.ts';
import type { Clock } from '../time/clock.ts';
import type { HttpResult, Transport } from '../transport/transport.ts';
import type { ExchangeEndpoint } from './endpoint.ts';
import { parseErrorEnvelope } from './error-envelope.ts';
import { type ExactJson, parseExactJson } from './exact-json.ts';
import { ExchangeReadError, type ReadErrorKind } from './read-error.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** What every signed request needs. */
export interface SignedRequestTools {
  readonly endpoint: ExchangeEndpoint;
  readonly transport: Transport;
  /** Gives the signing key; caches it as it sees fit. */
  readonly signingKey: () => Promise<SigningKey>;
  /** Called when the exchange has refused a signature, and not because of the clock. */
  readonly onKeyRefused: () => void;
  readonly clock: Clock;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
  /** Time after which no further attempt is made, ms since the epoch. */
  readonly deadline: number;
  readonly skew: ClockSkew;
  /** Counts what becomes of this invocation's signed reads. */
  readonly tally: ReadTally;
  /** Is told what people should see of the exchange. Default: nobody. */
  readonly watch?: ExchangeWatch;
}

/** What people should see of the exchange, beside what comes of each request. */
export interface ExchangeWatch {
  /** A POST has left and was answered, or waited for in vain, within so many milliseconds. */
  readonly posted: (milliseconds: number) => void;
  /**
   * An answer holds something that is not known.
   *
   * @param name the resource and the field, such as `orders.status`
   */
  readonly unfamiliar: (name: string) => void;
}

/** How far our clock is off, learnt from the exchange's answers. Lives as long as the process. */
export interface ClockSkew {
  /** Exchange's time minus ours, ms, as far as requests are signed by it: only a refusal makes us change it. */
  offset: number;
  /** The same by the last answer that told the time, however small it is. */
  observed?: number;
}

/** Signed reads that were answered, and those that were refused for good with 401 or 403. */
export interface ReadTally {
  answered: number;
  refused: number;
}

const readAttempts = 3;
const readTimeoutMs = 8_000;
const firstBackoffMs = 200;
/** A longer wait than this is left to the next run. */
const longestWaitMs = 5_000;
/** Differences below this are the network's, not the clock's. */
const noticeableSkewMs = 5_000;
/** A `Date` outside of these is broken. Learnt, it would spoil every later signature of this process. */
const earliestBelievable = Date.UTC(2020, 0);
const latestBelievable = Date.UTC(2100, 0);

/** The path of a resource, as sent and as signed. */
export function pathOf(endpoint: ExchangeEndpoint, resource: string): string {
  return `${endpoint.pathPrefix}/${resource}`;
}

/** The exchange's time by our clock and what we know of its error, in whole seconds as it is signed. */
export function signatureTime(tools: SignedRequestTools): number {
  return Math.floor((tools.clock.now() + tools.skew.offset) / 1000);
}

/**
 * Reads a resource. Passing trouble (no answer, 408, 429, 5xx) is retried with jitter, a fresh signature each
 * time and the exchange's own `Retry-After`, while the deadline allows. A 401 that comes with a clock that is off
 * is signed anew once.
 *
 * @throws ExchangeReadError, or the key source's error if there is no usable signing key
 */
export async function read(tools: SignedRequestTools, resource: string, query = ''): Promise<ExactJson> {
  const name = resourceName(resource);
  let clockCorrected = false;
  for (let attempt = 1; ; attempt += 1) {
    const { offset } = tools.skew;
    const result = await signedGet(tools, resource, query);
    observeTime(tools, result);
    if (result.kind === 'answer' && result.status >= 200 && result.status < 300) {
      const json = parseExactJson(result.body);
      tools.tally.answered += json === undefined ? 0 : 1;
      if (json !== undefined) return json;
      throw new ExchangeReadError('unreadable', name, 'not-json', result.status);
    }
    const error = readError(name, result);
    const wait =
      error.kind === 'unauthorized'
        ? waitAfterRefusal(tools, result, clockCorrected ? undefined : offset)
        : waitBefore(tools, attempt, result, error.kind);
    clockCorrected ||= error.kind === 'unauthorized';
    if (attempt >= readAttempts || wait === undefined || tools.clock.now() + wait >= tools.deadline) {
      noteRefusal(tools, error.kind);
      throw error;
    }
    await tools.clock.wait(wait);
  }
}

async function signedGet(tools: SignedRequestTools, resource: string, query: string): Promise<HttpResult> {
  const target = pathOf(tools.endpoint, resource);
  const key = await tools.signingKey();
  const remaining = tools.deadline - tools.clock.now();
  if (remaining <= 0) return { kind: 'not-sent', code: 'deadline-passed' };
  return tools.transport({
    method: 'GET',
    target: query === '' ? target : `${target}?${query}`,
    headers: {
      accept: 'application/json',
      ...signRequest(key, { method: 'GET', target, body: '', timestampSeconds: signatureTime(tools) }),
    },
    timeoutMs: Math.min(readTimeoutMs, remaining),
    reuseConnection: true,
  });
}

/** How long to wait before the next attempt, ms; undefined if another attempt would not help. */
function waitBefore(
  tools: SignedRequestTools,
  attempt: number,
  result: HttpResult,
  kind: ReadErrorKind,
): number | undefined {
  if (kind !== 'rate-limited' && kind !== 'unavailable') return undefined;
  const asked = result.kind === 'answer' ? retryAfterSeconds(result.headers) : undefined;
  const backoff = firstBackoffMs * 2 ** attempt * (0.5 + tools.random() / 2);
  const wait = Math.max(backoff, (asked ?? 0) * 1000);
  return wait <= longestWaitMs ? wait : undefined;
}

/**
 * Signing anew helps once, if the clock was off.
 *
 * @param signedWith the clock's correction that this request was signed with; undefined after the first 401
 */
function waitAfterRefusal(
  tools: SignedRequestTools,
  result: HttpResult,
  signedWith: number | undefined,
): number | undefined {
  if (signedWith === undefined) return undefined;
  learnSkew(tools, result);
  // Another request may have learnt it while this one was under way.
  return tools.skew.offset === signedWith ? undefined : 0;
}

function noteRefusal(tools: SignedRequestTools, kind: ReadErrorKind): void {
  if (kind === 'unauthorized') tools.onKeyRefused();
  if (kind === 'unauthorized' || kind === 'forbidden') tools.tally.refused += 1;
}

/** Takes over the exchange's time from a 401 if ours is noticeably off. */
export function learnSkew(tools: SignedRequestTools, result: HttpResult): void {
  const offset = offsetIn(tools, result);
  if (offset === undefined) return;
  if (Math.abs(offset - tools.skew.offset) >= noticeableSkewMs) tools.skew.offset = offset;
}

/** Notes how far our clock is off, for people: an answer that took long makes it seem slow by as much. */
function observeTime(tools: SignedRequestTools, result: HttpResult): void {
  const offset = offsetIn(tools, result);
  if (offset !== undefined) tools.skew.observed = offset;
}

/** The exchange's time minus ours, ms, in an answer that tells it. */
function offsetIn(tools: SignedRequestTools, result: HttpResult): number | undefined {
  const date = result.kind === 'answer' ? Date.parse(result.headers.date ?? '') : Number.NaN;
  const isBelievable = date >= earliestBelievable && date < latestBelievable;
  return isBelievable ? date - tools.clock.now() : undefined;
}

function readError(resource: string, result: HttpResult): ExchangeReadError {
  if (result.kind !== 'answer') return new ExchangeReadError('unavailable', resource, result.code);
  const code = parseErrorEnvelope(result.body).code ?? `http-${result.status}`;
  return new ExchangeReadError(errorKind(result.status), resource, code, result.status);
}

function errorKind(status: number): ReadErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  return status === 408 || status >= 500 ? 'unavailable' : 'refused';
}

/** The resource without ids, for messages. */
function resourceName(resource: string): string {
  return resource.replace(/\/.*$/, '');
}
