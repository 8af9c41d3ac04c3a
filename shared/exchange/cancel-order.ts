import type { CancelOutcome } from '../orders/exchange-port.ts';
import { signRequest } from '../signing/request-signature.ts';
import { parseErrorEnvelope } from './error-envelope.ts';
import { pathOf, type SignedRequestTools, signatureTime } from './signed-requests.ts';

const longestTimeoutMs = 8_000;
/** A cancellation is tried even when this little time is left. */
const shortestTimeoutMs = 1_000;

/** Asks the exchange to cancel one order. */
export async function cancelOrder(
  tools: SignedRequestTools,
  exchangeOrderId: string,
): Promise<CancelOutcome> {
  const key = await tools.signingKey();
  const target = pathOf(tools.endpoint, `orders/${encodeURIComponent(exchangeOrderId)}`);
  const result = await tools.transport({
    method: 'DELETE',
    target,
    headers: {
      accept: 'application/json',
      ...signRequest(key, { method: 'DELETE', target, body: '', timestampSeconds: signatureTime(tools) }),
    },
    timeoutMs: Math.max(shortestTimeoutMs, Math.min(longestTimeoutMs, tools.deadline - tools.clock.now())),
    reuseConnection: false,
  });
  if (result.kind !== 'answer') return { kind: 'unknown', code: result.code };
  if (result.status >= 200 && result.status < 300) return { kind: 'requested' };
  const code = parseErrorEnvelope(result.body).code ?? `http-${result.status}`;
  const isDefinite = result.status >= 400 && result.status < 500 && result.status !== 408;
  return isDefinite ? { kind: 'refused', status: result.status, code } : { kind: 'unknown', code };
}
