import { inWords, isSuccess, type RawAnswer } from '../raw-client.ts';
import type { Finding, Step } from '../step.ts';
import { costOf } from '../terms.ts';

const twoMinutesAgo = -120;

/** An order that was held up on its way must not be taken any more: production gives it up after 30 s. */
export const staleTimestamp: Step = {
  name: 'stale-timestamp',
  does: 'sends a read and an order that were signed two minutes ago; the order bids the lowest price',
  spendsAtMost: (terms) => costOf(terms.lowestPrice, terms),
  run: async ({ client, newId }) => {
    const read = await client.call({
      method: 'GET',
      resource: 'consumption-accounts',
      clockOffsetSeconds: twoMinutesAgo,
    });
    const order = await client.place({
      clientOrderId: newId(),
      price: client.terms.lowestPrice,
      clockOffsetSeconds: twoMinutesAgo,
    });
    return [finding('a read', read), finding('an order', order)];
  },
};

function finding(what: string, answer: RawAnswer): Finding {
  return {
    question: `Is ${what} with an old timestamp refused?`,
    answer: isSuccess(answer) ? `no, it is taken (${answer.status})` : inWords(answer),
    isFine: answer.status === 401,
  };
}
