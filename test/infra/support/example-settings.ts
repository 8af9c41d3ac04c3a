import type { StageSettings } from '../../../infra/config/stage.ts';

/** Settings with everything that has no default, and nothing else. */
export const exampleSettings = {
  instruments: [
    {
      symbol: 'chat-prime',
      marketId: 'market_1',
      maximumPrice: '2.50',
      maximumQuantity: 100,
    },
  ],
} satisfies StageSettings;
