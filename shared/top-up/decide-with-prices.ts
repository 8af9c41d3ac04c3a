import type { OrderExchange } from '../orders/exchange-port.ts';
import { type BestPrices, bestPricesOfOthers } from './best-prices.ts';
import type { CarryOutPorts, TopUpBounds } from './carry-out.ts';
import { observationOf, type ReviewFacts } from './observation.ts';
import { callsForPrices, type PolicyState, type TopUpDecision, type TopUpPolicy } from './policy/contract.ts';

/** What deciding needs. */
export interface DecidePorts extends Pick<CarryOutPorts, 'log'> {
  readonly exchange: Pick<OrderExchange, 'getOrderBook'>;
}

/** A decision, and the prices that it was made by; undefined where the book was not read, or could not be. */
export interface PricedDecision {
  readonly decided: TopUpDecision<PolicyState>;
  readonly prices: BestPrices | undefined;
}

/**
 * Asks the policy, and reads the order book only if something depends on it: each book is a request of its own. All that does
 * something is decided by the book as it is now, unless that cannot be read; without prices a policy can still buy at its limit.
 *
 * @param readsBook whether the book is read in any case
 */
export async function decideWithPrices(
  ports: DecidePorts,
  { policy, limits }: TopUpBounds & { readonly policy: TopUpPolicy },
  state: PolicyState | undefined,
  facts: ReviewFacts,
  readsBook: boolean,
): Promise<PricedDecision> {
  const decide = (prices: BestPrices | undefined) => policy.decide(state, observationOf(facts, prices));
  if (!readsBook) {
    const decided = decide(undefined);
    if (!callsForPrices(decided)) return { decided, prices: undefined };
  }
  const prices = await readPrices(ports, limits, facts);
  return { decided: decide(prices), prices };
}

async function readPrices(
  { exchange, log }: DecidePorts,
  { symbol, marketId }: TopUpBounds['limits'],
  { supply }: ReviewFacts,
): Promise<BestPrices | undefined> {
  try {
    return bestPricesOfOthers(await exchange.getOrderBook(marketId), supply.orders);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    log.warn('book-read-failed', { instrument: symbol, error: name });
    return undefined;
  }
}
