import type { Modes } from '../modes.ts';
import type { Answer, Delivery, ReceivedRequest } from '../wire/exchange-of-messages.ts';
import { problem, problemAnswer } from '../wire/refusals.ts';
import type { Effect } from './fault-schema.ts';

/** What an answer-changing effect may look at. */
interface BrokenAnswerContext {
  readonly request: ReceivedRequest;
  readonly modes: Modes;
  readonly exchangeTime: number;
  readonly marketTime: number;
  /** The answer the request would have got; undefined when it was not carried out. */
  readonly real: Answer | undefined;
}

const HTML_PAGE = '<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n';
const HALF_AN_ANSWER = '{"data":{"order_id":"order_';

/** Writes an answer's JSON once; nothing after this point changes the bytes. */
export function deliver({ status, json, headers }: Answer): Extract<Delivery, { kind: 'respond' }> {
  const bytes = json === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(json));
  const type = json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  return { kind: 'respond', status, headers: { ...type, ...headers }, bytes };
}

function deliverText(status: number, type: string, text: string): Delivery {
  return { kind: 'respond', status, headers: { 'content-type': type }, bytes: Buffer.from(text) };
}

function rateLimited(
  effect: Extract<Effect, { kind: 'rate-limited' }>,
  context: BrokenAnswerContext,
): Delivery {
  const resetEpoch = Math.floor(context.exchangeTime / 1000) + effect.afterSeconds;
  const hints = {
    'retry-after': { 'retry-after': String(effect.afterSeconds) },
    'reset-epoch': { 'x-ratelimit-reset': String(resetEpoch) },
    none: {},
  };
  const refusal = {
    ...problem(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests'),
    headers: hints[effect.hint],
  };
  return deliver(problemAnswer(refusal, context.modes, context.exchangeTime));
}

function anyStatus(effect: Extract<Effect, { kind: 'status' }>, context: BrokenAnswerContext): Delivery {
  const headers = effect.headers ?? {};
  if (effect.text !== undefined) {
    return { kind: 'respond', status: effect.status, headers, bytes: Buffer.from(effect.text) };
  }
  if (effect.json !== undefined) return deliver({ status: effect.status, json: effect.json, headers });
  const refusal = { ...problem(effect.status, 'internal_error', 'Something went wrong'), headers };
  return deliver(problemAnswer(refusal, context.modes, context.exchangeTime));
}

function truncated(
  effect: Extract<Effect, { kind: 'truncated' }>,
  real: Extract<Delivery, { kind: 'respond' }>,
): Delivery {
  const half = Math.ceil(real.bytes.length / 2);
  if (effect.connection === 'broken') return { ...real, cutAfter: half };
  return { ...real, bytes: real.bytes.subarray(0, half) };
}

function replaceData(answer: Answer | undefined, data: object): Answer {
  return { status: answer?.status ?? 201, json: { data } };
}

/** The data of a create answer, with the client's id exchanged for another. */
function withOtherClientId(answer: Answer | undefined, clientOrderId: string): Answer {
  const json = answer?.json;
  const data =
    typeof json === 'object' && json !== null && 'data' in json && typeof json.data === 'object'
      ? json.data
      : {};
  return replaceData(answer, { ...data, client_order_id: clientOrderId });
}

/**
 * Words a faulty answer. Effects that change the exchange itself (a fill, a suspension, a revoked key) leave
 * the answer as it is; they were carried out before this.
 */
export function breakAnswer(effect: Effect, context: BrokenAnswerContext): Delivery {
  const real = deliver(context.real ?? { status: 201, json: { data: {} } });
  switch (effect.kind) {
    case 'status':
      return anyStatus(effect, context);
    case 'rate-limited':
      return rateLimited(effect, context);
    case 'reset':
      return { kind: 'reset' };
    case 'hang':
      return { kind: 'hang' };
    case 'slow':
      return { ...real, notBefore: context.marketTime + effect.seconds * 1000 };
    case 'truncated':
      if (context.real !== undefined) return truncated(effect, real);
      return deliverText(201, 'application/json; charset=utf-8', HALF_AN_ANSWER);
    case 'html':
      return deliverText(effect.status, 'text/html', HTML_PAGE);
    case 'empty':
      return deliver({ status: effect.status });
    case 'without-id':
      return deliver(replaceData(context.real, {}));
    case 'other-client-id':
      return deliver(withOtherClientId(context.real, effect.clientOrderId));
    case 'redirect':
      return deliver({ status: 307, headers: { location: effect.location } });
    case 'not-found':
      return deliver(
        problemAnswer(problem(404, 'Not Found', 'Not Found'), context.modes, context.exchangeTime),
      );
    case 'echo-headers':
      return deliver({
        status: effect.status,
        json: {
          errors: {
            detail: 'internal_error',
            request_headers: context.request.headers,
            request_body: Buffer.from(context.request.body).toString('utf8'),
          },
        },
      });
    case 'late-acceptance':
      if (effect.connection === '504') return deliverText(504, 'text/html', HTML_PAGE);
      return { kind: effect.connection };
    case 'fill-during-cancel':
    case 'market-suspended':
    case 'key-revoked':
      return real;
  }
}
