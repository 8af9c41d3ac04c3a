/**
 * An instrument of a stage in which what is bought waits in the trading account until it is moved, so that transfers are made
 * too. Five Units are kept usable.
 */
export const movedInstrument = {
  symbol: 'chat-prime',
  marketId: 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c',
  maximumPrice: '2.50',
  maximumQuantity: 100,
  moveFromTrading: true,
  topUp: { policy: 'threshold', minimumUnits: 5, quantity: 10, limitPrice: '2.50' },
};
