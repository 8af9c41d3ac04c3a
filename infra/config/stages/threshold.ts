import type { StageSettings } from '../stage.ts';

/** Keeps at least five Units by a fixed rule, for those who want no more than that. */
export default {
  instruments: [
    {
      symbol: 'chat-prime',
      marketId: 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c',
      maximumPrice: '2.50',
      maximumQuantity: 100,
      topUp: { policy: 'threshold', minimumUnits: 5, quantity: 10, limitPrice: '2.50' },
    },
  ],
} satisfies StageSettings;
