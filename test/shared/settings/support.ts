import * as v from 'valibot';
import { instrumentsSchema } from '../../../shared/configuration/instruments.ts';
import { spendingLimitsSchema } from '../../../shared/configuration/spending-limits.ts';
import type { Deployment } from '../../../shared/settings/deployment.ts';

/** A stage with one instrument of each kind. */
export const deployment: Deployment = {
  spendingLimits: v.parse(spendingLimitsSchema, {}),
  instruments: v.parse(instrumentsSchema, [
    {
      symbol: 'chat-prime',
      marketId: 'market_1',
      maximumPrice: '2.50',
      maximumQuantity: 100,
      topUp: { policy: 'adaptive', emergencyPrice: '3.00', coverMinutes: 8 },
    },
    {
      symbol: 'code-prime',
      marketId: 'market_2',
      maximumPrice: '4.00',
      maximumQuantity: 50,
      topUp: { policy: 'threshold', minimumUnits: 5, quantity: 10, limitPrice: '3.50' },
    },
    { symbol: 'by-hand', marketId: 'market_3', maximumPrice: '1.00', maximumQuantity: 10 },
  ]),
};
