import { signatureWindowMs } from '../exchange/exchange.ts';
import { isAdoption } from '../world/facts.ts';
import type { Invariant } from './invariant.ts';

/** What was claimed before the stop can still be under way, for as long as its signature is good. */
export const stoppedMeansStopped: Invariant = {
  number: 'I6',
  sentence:
    'An order is recorded and claimed only in mode LIVE with the breaker closed, it is sent only when claimed, and none is taken when the stop is older than a signature can be. What a restored table takes up was sent before.',
  atWrite: (world, write) => {
    const { store } = world;
    const { before, after } = write;
    if (isAdoption(world, write)) return undefined;
    const isClaim = before?.state === 'PENDING' && after.state === 'SUBMITTED';
    const why = store.stopReason;
    if (why === undefined || !(isClaim || before === undefined)) return undefined;
    return `${after.orderId} was ${isClaim ? 'claimed' : 'recorded'} in spite of ${why}`;
  },
  atPost: ({ store, facts }, { clientOrderId }) => {
    const records = [store.orders.get(clientOrderId), facts.records.get(clientOrderId)?.lost];
    const isClaimed = records.some((record) => record?.sentAt !== undefined);
    return isClaimed ? undefined : `${clientOrderId} was sent without a claim`;
  },
  afterEvent: ({ exchange, facts, scenario }) => {
    const { stoppedSince } = facts;
    if (stoppedSince === undefined) return undefined;
    // Signed by a clock that is ahead, it is good for longer.
    const latest = stoppedSince + signatureWindowMs + Math.max(0, scenario.skew.most);
    const late = exchange.orders.find(({ terms }) => terms.submittedAt > latest);
    return late === undefined ? undefined : `${late.terms.exchangeOrderId} was taken long after the stop`;
  },
};
