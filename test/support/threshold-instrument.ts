import { thresholdPolicy } from '../../shared/top-up/policy/policies.ts';
import type { ToppedUpInstrument } from '../../shared/top-up/review-instrument.ts';
import type { Tick } from '../../shared/top-up/tick.ts';
import { sampleLimits, usd } from './sample-order.ts';

/** Ten Units at no more than 2.40 when fewer than five are there or on their way. */
export const thresholdInstrument: ToppedUpInstrument = {
  limits: sampleLimits,
  policy: thresholdPolicy({
    minimumUnits: 5,
    quantity: 10,
    limitPrice: '2.40',
    maximumPrice: '2.50',
    maximumQuantity: 100,
    priceTick: '0.01',
    feeBasisPoints: 100,
  }),
  highestPrice: usd('2.40'),
  balanceLagMs: 45_000,
  moveFromTrading: false,
};

/** A firing of the schedule at a time, ms since the epoch; a time that is no number is written as no time. */
export function scheduledTick(dueAt: number): Tick {
  return {
    stage: 'test',
    scheduleArn: 'arn:schedule',
    scheduledTime: Number.isNaN(dueAt) ? 'at noon' : new Date(dueAt).toISOString(),
    trigger: 'schedule',
    refused: new Set(),
  };
}
