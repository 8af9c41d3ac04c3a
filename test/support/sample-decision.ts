import type { Decision } from '../../shared/top-up/decisions/decision.ts';
import { usd } from './sample-order.ts';
import { testEpoch } from './virtual-clock.ts';

/** A check that ordered, cancelled and moved. */
export function sampleDecision(changes: Partial<Decision> = {}): Decision {
  return {
    instrument: 'chat-prime',
    at: testEpoch,
    trigger: 'schedule',
    policy: 'adaptive',
    explanation: {
      reason: 'below-reorder-point',
      words: '2.5 Units cover 4 minutes, less than the 6 wanted: buys 3.',
      figures: { coverMinutes: 4, levelUnits: 5.5 },
      boundBy: 'budget',
    },
    usable: usd('2.5'),
    incoming: 0n,
    coverMinutes: 4,
    bestAsk: usd('2.02'),
    bookReadAt: testEpoch - 60_000,
    actions: [
      { action: 'cancel', orderId: 'g1s-before', result: 'requested' },
      {
        action: 'order',
        orderId: 'g1s-now',
        state: 'OPEN',
        purpose: 'urgent',
        quantity: 3,
        limitPrice: '2.5',
        result: 'OPEN',
      },
      { action: 'order', purpose: 'patient', quantity: 1, limitPrice: '2', result: 'over-budget' },
      { action: 'transfer', units: '1', result: 'SUBMITTED' },
    ],
    ...changes,
  };
}
