import type { NotAccepted } from '../orders/exchange-port.ts';
import type { HttpResult } from '../transport/transport.ts';
import { parseErrorEnvelope } from './error-envelope.ts';
import { type ExactJson, parseExactJson } from './exact-json.ts';
import { unwrapData } from './fields.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** Statuses that can accept. Any other 2xx leaves it open what happened. */
const acceptanceStatuses = new Set([200, 201, 202]);
/** Statuses that can refuse. Any other answer leaves it open what happened. */
const refusalStatuses = new Set([400, 401, 402, 403, 404, 422, 429]);

/** Codes that the exchange documents for what it did not do. */
const refusalCodes =
  /^(INSUFFICIENT_[A-Z_]+|INVALID_(REQUEST|ORDER|MARKET|QUANTITY|PRICE|SIGNATURE|API_KEY)|VALIDATION_ERROR|EXPIRED_TIMESTAMP|AUTH_FAILED|MARKET_CLOSED|MARKET_NOT_FOUND|RATE_LIMIT(_[A-Z_]+)?|AUTO_MODE_TRADING_RESTRICTED)$/;

/** The payload of an answer that may accept. */
export interface Acceptance {
  readonly data: ExactJson | undefined;
  /** Whether it came in the `data` envelope. */
  readonly isInEnvelope: boolean;
}

/**
 * The one table that says what the result of a POST means. Only a documented, well-formed refusal is a refusal, and
 * only an acceptance that says so is an acceptance: everything else is unknown, because what was asked for may have
 * happened.
 *
 * @param readAcceptance what a 2xx accepts, or a code that says why it cannot be believed
 */
export function classifyPost<Accepted extends object>(
  result: HttpResult,
  readAcceptance: (acceptance: Acceptance) => Accepted | string,
): Accepted | NotAccepted {
  if (result.kind === 'not-sent') return { kind: 'not-sent', code: result.code };
  if (result.kind === 'no-answer') return { kind: 'unknown', code: result.code };
  const { status, body } = result;
  if (acceptanceStatuses.has(status)) {
    const json = parseExactJson(body);
    const data = unwrapData(json);
    const accepted = readAcceptance({ data, isInEnvelope: data !== json });
    return typeof accepted === 'string' ? { kind: 'unknown', status, code: accepted } : accepted;
  }
  const { code, mentionsDuplicate } = parseErrorEnvelope(body);
  if (!refusalStatuses.has(status)) return { kind: 'unknown', status, code: code ?? `http-${status}` };
  if (mentionsDuplicate) return { kind: 'unknown', status, code: code ?? 'duplicate' };
  if (code === undefined) return { kind: 'unknown', status, code: 'refusal-without-code' };
  if (!refusalCodes.test(code.toUpperCase())) return { kind: 'unknown', status, code };
  const wait = retryAfterSeconds(result.headers);
  return { kind: 'refused', status, code, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) };
}
