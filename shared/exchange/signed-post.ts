import { signRequest } from '../signing/request-signature.ts';
import type { HttpRequest, HttpResult } from '../transport/transport.ts';
import { learnSkew, pathOf, type SignedRequestTools, signatureTime } from './signed-requests.ts';

const postTimeoutMs = 8_000;
/** With less time than this left, an answer could not be waited for. */
const shortestPostMs = 1_000;

/** What a POST carries and by which name we know it. */
export interface PostToSign {
  readonly resource: string;
  /** JSON, serialised once: the bytes that are signed are the bytes that will be sent. */
  readonly body: string;
  /** Our own id of what is asked for, which also goes out as `Idempotency-Key`. */
  readonly reference: string;
}

/** A signed POST together with the right to send it, which is used up by the first use. */
export class SignedPost {
  /** The time in the signature by our clock, ms since the epoch (whole seconds). */
  readonly signedAt: number;
  readonly resource: string;
  readonly reference: string;
  #request: HttpRequest | undefined;

  constructor({ resource, reference }: PostToSign, signedAt: number, request: HttpRequest) {
    this.resource = resource;
    this.reference = reference;
    this.signedAt = signedAt;
    this.#request = request;
  }

  /** Hands out the request, the first time only. */
  takeRequest(): HttpRequest {
    const request = this.#request;
    if (request === undefined) throw new Error('This request was sent before; it is sent once.');
    this.#request = undefined;
    return request;
  }
}

/** Signs a POST without sending it. Throws the key source's error if there is no usable signing key. */
export async function signPost(tools: SignedRequestTools, post: PostToSign): Promise<SignedPost> {
  const key = await tools.signingKey();
  const target = pathOf(tools.endpoint, post.resource);
  const body = Buffer.from(post.body, 'utf8');
  const timestampSeconds = signatureTime(tools);
  const request: HttpRequest = {
    method: 'POST',
    target,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'idempotency-key': post.reference,
      ...signRequest(key, { method: 'POST', target, body, timestampSeconds }),
    },
    body,
    timeoutMs: postTimeoutMs,
    reuseConnection: false,
  };
  return new SignedPost(post, timestampSeconds * 1000 - tools.skew.offset, request);
}

/**
 * Sends a signed POST over a connection of its own. Nothing repeats it.
 *
 * @throws Error if it was sent before, or is none that `signPost` made for this resource
 */
export async function sendPost(
  tools: SignedRequestTools,
  resource: string,
  prepared: object,
): Promise<{ readonly result: HttpResult; readonly reference: string }> {
  if (!(prepared instanceof SignedPost) || prepared.resource !== resource) {
    throw new Error('Only what this client has signed for the same purpose can be sent.');
  }
  const request = prepared.takeRequest();
  const { reference } = prepared;
  const remaining = tools.deadline - tools.clock.now();
  if (remaining < shortestPostMs) return { result: { kind: 'not-sent', code: 'deadline-passed' }, reference };
  const begunAt = tools.clock.now();
  const result = await tools.transport({ ...request, timeoutMs: Math.min(postTimeoutMs, remaining) });
  if (result.kind !== 'not-sent') tools.watch?.posted(tools.clock.now() - begunAt);
  // For the next request: this one is never sent again.
  if (result.kind === 'answer' && result.status === 401) {
    learnSkew(tools, result);
    tools.onKeyRefused();
  }
  return { result, reference };
}
