import { textField } from '../../../shared/exchange/fields.ts';
import { inWords, isSuccess, objectOf, orderIdIn } from '../raw-client.ts';
import type { Step } from '../step.ts';
import { costOf } from '../terms.ts';
import { until } from '../until.ts';

const closedWords = new Set(['cancelled', 'canceled', 'closed', 'expired', 'rejected']);
const patienceSeconds = 20;

/** Whether an order that may not rest does not rest. */
export const immediateOrCancel: Step = {
  name: 'immediate-or-cancel',
  does: 'bids the lowest price for 1 Unit, immediate or cancel, and looks whether it rests',
  spendsAtMost: (terms) => costOf(terms.lowestPrice, terms),
  run: async ({ client, clock, newId }) => {
    const question = 'Does an order with ioc end at once?';
    const order = { clientOrderId: newId(), price: client.terms.lowestPrice, timeInForce: 'ioc' } as const;
    const answer = await client.place(order);
    const id = orderIdIn(answer);
    if (!isSuccess(answer) || id === undefined) {
      return [{ question, answer: `it is not taken: ${inWords(answer)}`, isFine: true }];
    }
    let word: string | undefined;
    const lag = await until(clock, patienceSeconds, async () => {
      word = textField(objectOf(await client.get(`orders/${id}`)), 'status')?.toLowerCase();
      return closedWords.has(word ?? '');
    });
    const said = word ?? 'not shown';
    return [{ question, answer: lag.shown ? `yes: ${said}` : `no: it is ${said}`, isFine: lag.shown }];
  },
};
