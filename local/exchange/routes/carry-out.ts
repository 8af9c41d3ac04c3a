import type { Simulator } from '../simulator.ts';
import type { Answer, ReceivedRequest } from '../wire/exchange-of-messages.ts';
import type { Problem } from '../wire/refusals.ts';
import type { Destination } from './router.ts';

/** What the outcome of a request depends on, besides the state of the exchange. */
export type Work = Pick<ReceivedRequest, 'query' | 'headers' | 'body'>;

/** Carries a request out: one that just arrived, or one that is repeated from the journal. */
export function carryOut(
  simulator: Simulator,
  destination: Pick<Destination, 'handler' | 'id'>,
  work: Work,
  fingerprint = '',
): Answer | Problem {
  const query = new URLSearchParams(work.query);
  const call = { request: work, query, id: destination.id, simulator, fingerprint };
  return simulator.exchange.run(() => destination.handler(call));
}
