import { textField } from '../../../shared/exchange/fields.ts';
import { inWords, isSuccess, objectOf, orderIdIn, type RawAnswer } from '../raw-client.ts';
import type { Finding, Laboratory, Step } from '../step.ts';
import { costOf } from '../terms.ts';

/** What cancelling says: to an order that rests, to one that is cancelled, and to one that is being filled. */
export const cancelRace: Step = {
  name: 'cancel-race',
  does: 'cancels a bid twice; then bids the maximum price for 1 Unit and cancels it at the same moment',
  spendsAtMost: (terms) => costOf(terms.lowestPrice, terms) + costOf(terms.maximumPrice, terms),
  run: async (laboratory) => [...(await cancelTwice(laboratory)), await cancelWhileFilling(laboratory)],
};

async function cancelTwice({ client, newId }: Laboratory): Promise<Finding[]> {
  const bid = await client.place({ clientOrderId: newId(), price: client.terms.lowestPrice });
  const id = orderIdIn(bid);
  if (id === undefined) return [notTaken(bid)];
  const first = await client.cancel(id);
  const second = await client.cancel(id);
  return [
    { question: 'What is the answer to a cancellation?', answer: inWords(first), isFine: isSuccess(first) },
    { question: 'What is the answer to a second one?', answer: inWords(second), isFine: second.status !== 0 },
  ];
}

async function cancelWhileFilling({ client, newId }: Laboratory): Promise<Finding> {
  const bid = await client.place({ clientOrderId: newId(), price: client.terms.maximumPrice });
  const id = orderIdIn(bid);
  if (id === undefined) return notTaken(bid);
  const cancelled = await client.cancel(id);
  const order = objectOf(await client.get(`orders/${id}`));
  const word = textField(order, 'status') ?? 'not shown';
  return {
    question: 'What becomes of an order that is cancelled while it may be filled?',
    answer: `the cancellation: ${inWords(cancelled)}; the order: ${word}`,
    isFine: word !== 'not shown',
  };
}

function notTaken(answer: RawAnswer): Finding {
  return { question: 'Is a bid taken that is to be cancelled?', answer: inWords(answer), isFine: false };
}
