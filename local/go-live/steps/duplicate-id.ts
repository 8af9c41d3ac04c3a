import { inWords, isSuccess, orderIdIn, type RawAnswer } from '../raw-client.ts';
import type { Finding, Laboratory, Step } from '../step.ts';
import { costOf } from '../terms.ts';

/** Whether the exchange itself would stop a second order. Production does not rest on it; it is good to know. */
export const duplicateId: Step = {
  name: 'duplicate-id',
  does: 'bids the lowest price for 1 Unit, twice under one client order id, cancels, and bids under it once more',
  // The first bid is written again with its quantity as text if a number is not taken.
  spendsAtMost: (terms) => 4n * costOf(terms.lowestPrice, terms),
  run: async (laboratory) => {
    const { client } = laboratory;
    const first = await firstBid(laboratory);
    if (!isSuccess(first.answer)) {
      return [{ question: 'Is a bid taken at all?', answer: inWords(first.answer), isFine: false }];
    }
    const order = { clientOrderId: first.clientOrderId, price: client.terms.lowestPrice };
    const again = await client.place(order);
    await client.cancel(orderIdIn(first.answer) ?? '');
    const later = await client.place(order);
    return [
      {
        question: 'How is a quantity written?',
        answer: `as a ${client.quantityEncoding === 'number' ? 'number' : 'text'}`,
        isFine: true,
        dialect: { quantityEncoding: client.quantityEncoding },
      },
      duplicate('while the first order is open', first.answer, again),
      duplicate('after it was cancelled', first.answer, later),
    ];
  },
};

async function firstBid({ client, newId }: Laboratory) {
  const price = client.terms.lowestPrice;
  const clientOrderId = newId();
  const answer = await client.place({ clientOrderId, price });
  if (answer.status !== 400 && answer.status !== 422) return { clientOrderId, answer };
  const otherId = newId();
  const asText = await client.place({ clientOrderId: otherId, price, quantity: '1' });
  if (isSuccess(asText)) client.quantityEncoding = 'string';
  return { clientOrderId: otherId, answer: asText };
}

function duplicate(when: string, first: RawAnswer, second: RawAnswer): Finding {
  const question = `Is a second order under one client order id refused ${when}?`;
  if (!isSuccess(second)) return { question, answer: `yes: ${inWords(second)}`, isFine: true };
  const isSame = orderIdIn(second) === orderIdIn(first);
  return {
    question,
    answer: isSame ? 'it is answered with the first order' : 'no: it makes a second order',
    isFine: true,
  };
}
