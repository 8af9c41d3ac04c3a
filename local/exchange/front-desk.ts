import { breakAnswer, deliver } from './faults/broken-answers.ts';
import { type Fault, stageOf } from './faults/fault-schema.ts';
import { doWork, doWorkLater, fillOrder, revokeKey, suspendMarkets } from './recorded-work.ts';
import { type Destination, findDestination } from './routes/router.ts';
import type { Simulator } from './simulator.ts';
import type { Visit } from './visit.ts';
import type { Answer, Delivery, ReceivedRequest } from './wire/exchange-of-messages.ts';
import type { JournalEntry } from './wire/journal.ts';
import { peekString } from './wire/json-body.ts';
import type { Limit, LimitVerdict } from './wire/rate-limiter.ts';
import { NOT_FOUND, type Problem, problem, problemAnswer } from './wire/refusals.ts';
import { type SignatureProblem, verifySignature } from './wire/signature.ts';

/** The code a client sees for a bad signature; the journal keeps the exact reason. */
const AUTHENTICATION_CODES: Readonly<Record<SignatureProblem, string>> = {
  missing_header: 'AUTH_FAILED',
  timestamp_not_an_integer: 'AUTH_FAILED',
  timestamp_outside_window: 'EXPIRED_TIMESTAMP',
  unknown_fingerprint: 'invalid_api_key',
  key_revoked: 'invalid_api_key',
  signature_not_base64: 'INVALID_SIGNATURE',
  signature_mismatch: 'INVALID_SIGNATURE',
};

/**
 * Serves one request: signature, rate limit, fault, work, answer. A fault never hides a bad signature,
 * because the signature is checked first and a request that fails it uses up no fault.
 */
export function serve(simulator: Simulator, prefixes: readonly string[], request: ReceivedRequest): Delivery {
  simulator.exchange.advance();
  const destination = findDestination(request.method, request.path, prefixes);
  const entry = openEntry(simulator, request, destination);
  if (destination === undefined) return finish(simulator, entry, NOT_FOUND);
  let fingerprint = '';
  if (destination.endpoint === 'GET /health') entry.signature = 'not_needed';
  else {
    const verdict = verifySignature(request, simulator.keys, simulator.exchangeTime(), simulator.verify);
    if (!verdict.valid) return refuseSignature(simulator, entry, verdict.problem);
    entry.signature = 'valid';
    entry.fingerprint = verdict.fingerprint;
    fingerprint = verdict.fingerprint;
  }
  return serveAuthenticated({ simulator, request, destination, entry, fingerprint });
}

function openEntry(
  simulator: Simulator,
  request: ReceivedRequest,
  destination: Destination | undefined,
): JournalEntry {
  const isCreate = destination?.endpoint === 'POST /orders';
  return simulator.journal.open({
    at: simulator.exchange.now,
    method: request.method,
    path: request.path,
    query: request.query,
    endpoint: destination?.endpoint ?? null,
    clientOrderId: isCreate ? peekString(request.body, 'client_order_id') : null,
  });
}

function refuseSignature(simulator: Simulator, entry: JournalEntry, reason: SignatureProblem): Delivery {
  simulator.journal.noteBadSignature(entry, reason);
  return finish(simulator, entry, problem(401, AUTHENTICATION_CODES[reason], 'Authentication failed'));
}

function serveAuthenticated(visit: Visit): Delivery {
  const { simulator, entry } = visit;
  const limit = takeRateLimit(visit);
  const limitHeaders = limit === undefined ? {} : rateLimitHeaders(limit, simulator.exchangeTime());
  const delivery =
    limit?.allowed === false
      ? finish(simulator, entry, problem(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests'))
      : serveWithFaults(visit);
  if (delivery.kind !== 'respond') return delivery;
  return { ...delivery, headers: { ...limitHeaders, ...delivery.headers } };
}

function serveWithFaults(visit: Visit): Delivery {
  const { simulator, entry, destination } = visit;
  const fault = simulator.faults.strike(destination.endpoint);
  if (fault === undefined) return finish(simulator, entry, doWork(visit));
  entry.fault = fault.effect.kind;
  return stageOf(fault) === 'before' ? faultBefore(fault, visit) : faultAfter(fault, visit);
}

/** A fault that strikes before the request is carried out: most of them stop it there. */
function faultBefore(fault: Fault, visit: Visit): Delivery {
  const { simulator, entry } = visit;
  const { effect } = fault;
  if (effect.kind === 'key-revoked') {
    revokeKey(visit);
    return refuseSignature(simulator, entry, 'key_revoked');
  }
  if (effect.kind === 'market-suspended') {
    suspendMarkets(visit);
    return finish(simulator, entry, doWork(visit));
  }
  if (effect.kind === 'fill-during-cancel') {
    fillOrder(visit, effect.units);
    return finish(simulator, entry, doWork(visit));
  }
  if (effect.kind === 'late-acceptance') {
    doWorkLater(visit, simulator.exchange.now + Math.round(effect.seconds * 1000));
  }
  return spoil(fault, visit, undefined);
}

/** A fault that strikes after the request was carried out: the work stands, the answer suffers. */
function faultAfter(fault: Fault, visit: Visit): Delivery {
  const real = doWork(visit);
  if (fault.effect.kind === 'market-suspended') suspendMarkets(visit);
  if (fault.effect.kind === 'key-revoked') revokeKey(visit);
  return spoil(fault, visit, toAnswer(real, visit.simulator));
}

function spoil(fault: Fault, { simulator, request, entry }: Visit, real: Answer | undefined): Delivery {
  const delivery = breakAnswer(fault.effect, {
    request,
    modes: simulator.modes,
    exchangeTime: simulator.exchangeTime(),
    marketTime: simulator.exchange.now,
    real,
  });
  entry.status = delivery.kind === 'respond' ? delivery.status : null;
  return delivery;
}

function toAnswer(result: Answer | Problem, simulator: Simulator): Answer {
  return 'code' in result ? problemAnswer(result, simulator.modes, simulator.exchangeTime()) : result;
}

function finish(simulator: Simulator, entry: JournalEntry, result: Answer | Problem): Delivery {
  entry.status = result.status;
  return deliver(toAnswer(result, simulator));
}

/** Order commands count against their market, and every call against its key. */
function takeRateLimit({ simulator, request, destination, fingerprint }: Visit): LimitVerdict | undefined {
  const { perMarket, perKey, ordersPerSecond, ordersPerMinute, requestsPerMinute } =
    simulator.modes.rateLimits;
  const limits: Limit[] = [];
  const isCommand = request.method !== 'GET' && destination.endpoint.includes('/orders');
  if (perMarket && isCommand) {
    const { engine } = simulator.exchange;
    const market =
      peekString(request.body, 'market_id') ?? engine.orders.find(destination.id)?.market.marketId ?? 'all';
    limits.push({ name: `second ${market}`, capacity: ordersPerSecond, perSecond: ordersPerSecond });
    limits.push({ name: `minute ${market}`, capacity: ordersPerMinute, perSecond: ordersPerMinute / 60 });
  }
  if (perKey) {
    limits.push({
      name: `key ${fingerprint}`,
      capacity: requestsPerMinute,
      perSecond: requestsPerMinute / 60,
    });
  }
  return simulator.limiter.take(limits, simulator.exchange.now);
}

function rateLimitHeaders(verdict: LimitVerdict, exchangeTime: number): Record<string, string> {
  const wait = verdict.retryAfterSeconds;
  return {
    'x-ratelimit-limit': String(verdict.limit),
    'x-ratelimit-remaining': String(verdict.remaining),
    'x-ratelimit-reset': String(Math.floor(exchangeTime / 1000) + wait),
    ...(verdict.allowed ? {} : { 'retry-after': String(wait) }),
  };
}
