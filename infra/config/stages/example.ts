import type { StageSettings } from '../stage.ts';

/** Tops up one instrument with what its use needs. Copy this file to make a stage of your own. */
export default {
  instruments: [
    {
      symbol: 'chat-prime',
      marketId: 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c',
      maximumPrice: '2.50',
      maximumQuantity: 100,
      topUp: { policy: 'adaptive' },
    },
  ],
} satisfies StageSettings;
