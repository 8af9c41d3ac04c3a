import { inWords, isSuccess, type RawAnswer } from '../raw-client.ts';
import type { Finding, Laboratory, Step } from '../step.ts';
import { costOf } from '../terms.ts';

const nowhere = '00000000-0000-4000-8000-000000000000';

/** How the exchange says no: each refusal must be one that production understands. */
export const refusals: Step = {
  name: 'refusals',
  does: 'asks for an order and a market that do not exist, sends an empty order and a wrong signature',
  spendsAtMost: (terms) => costOf(terms.lowestPrice, terms),
  run: async (laboratory) => [...(await saidNo(laboratory)), await transferHistory(laboratory)],
};

async function saidNo({ client, newId }: Laboratory): Promise<Finding[]> {
  const { lowestPrice } = client.terms;
  const orderNowhere = { clientOrderId: newId(), price: lowestPrice, marketId: `market_${nowhere}` };
  return [
    refusal('an order that does not exist', [404], await client.get(`orders/order_${nowhere}`)),
    refusal('a market that does not exist', [400, 404, 422], await client.place(orderNowhere)),
    refusal(
      'an empty order',
      [400, 422],
      await client.call({ method: 'POST', resource: 'orders', body: {} }),
    ),
    refusal(
      'a wrong signature',
      [401],
      await client.call({ method: 'GET', resource: 'consumption-accounts', spoilt: true }),
    ),
  ];
}

function refusal(what: string, statuses: readonly number[], answer: RawAnswer): Finding {
  return {
    question: `What is the answer to ${what}?`,
    answer: inWords(answer),
    isFine: statuses.includes(answer.status),
  };
}

const histories = ['transfer-histories', 'transfers/histories'] as const;

async function transferHistory({ client }: Laboratory): Promise<Finding> {
  const question = 'Where are transfers listed?';
  for (const name of histories) {
    if (isSuccess(await client.get(name, 'limit=1'))) {
      return { question, answer: name, isFine: true, dialect: { transferHistory: name } };
    }
  }
  return { question, answer: 'under neither of the known names', isFine: false };
}
