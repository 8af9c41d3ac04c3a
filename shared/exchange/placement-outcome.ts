import type { PlacementOutcome } from '../orders/exchange-port.ts';
import { parseErrorEnvelope } from './error-envelope.ts';
import { parseExactJson } from './exact-json.ts';
import { isObject, textField, unwrapData } from './fields.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { HttpResult } from './transport.ts';

/** Statuses that can refuse an order. Any other answer but a good 2xx leaves it open whether the order exists. */
const refusalStatuses = new Set([400, 401, 402, 403, 404, 422, 429]);

/** Codes that the exchange documents for an order it did not take. */
const refusalCodes =
  /^(INSUFFICIENT_[A-Z_]+|INVALID_(REQUEST|ORDER|MARKET|QUANTITY|PRICE|SIGNATURE|API_KEY)|VALIDATION_ERROR|EXPIRED_TIMESTAMP|AUTH_FAILED|MARKET_CLOSED|MARKET_NOT_FOUND|RATE_LIMIT(_[A-Z_]+)?|AUTO_MODE_TRADING_RESTRICTED)$/;

/**
 * The one table that says what the result of sending an order means. Only a documented, well-formed refusal is a
 * refusal, and only a well-formed acceptance with our own client order id is an acceptance: everything else is
 * unknown, because the order may exist.
 */
export function classifyPlacement(result: HttpResult, clientOrderId: string): PlacementOutcome {
  if (result.kind === 'not-sent') return { kind: 'not-sent', code: result.code };
  if (result.kind === 'no-answer') return { kind: 'unknown', code: result.code };
  const { status, body } = result;
  if (status === 200 || status === 201 || status === 202)
    return classifyAcceptance(status, body, clientOrderId);
  if (!refusalStatuses.has(status))
    return { kind: 'unknown', status, code: codeOf(body) ?? `http-${status}` };

  const { code, mentionsDuplicate } = parseErrorEnvelope(body);
  if (mentionsDuplicate) return { kind: 'unknown', status, code: code ?? 'duplicate' };
  if (code === undefined) return { kind: 'unknown', status, code: 'refusal-without-code' };
  if (!refusalCodes.test(code.toUpperCase())) return { kind: 'unknown', status, code };
  const wait = retryAfterSeconds(result.headers);
  return { kind: 'refused', status, code, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) };
}

function classifyAcceptance(status: number, body: string, clientOrderId: string): PlacementOutcome {
  const json = parseExactJson(body);
  const data = unwrapData(json);
  if (!isObject(data)) return { kind: 'unknown', status, code: 'acceptance-unreadable' };
  // Outside the envelope an `id` may be anything, for example the request's.
  const exchangeOrderId = textField(data, 'order_id') ?? (data === json ? undefined : textField(data, 'id'));
  if (exchangeOrderId === undefined) return { kind: 'unknown', status, code: 'acceptance-without-id' };
  if ((data['client_order_id'] ?? clientOrderId) !== clientOrderId) {
    return { kind: 'unknown', status, code: 'acceptance-of-another-order' };
  }
  return { kind: 'accepted', exchangeOrderId };
}

function codeOf(body: string): string | undefined {
  return parseErrorEnvelope(body).code;
}
