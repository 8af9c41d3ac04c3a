import { type Amount, amount } from './decimal.ts';

/** A quality specification of inference, sold in Units of a million tokens. */
export interface Instrument {
  readonly instrumentId: string;
  readonly symbol: string;
  readonly name: string;
}

/** The one spot market of an instrument, quoted in USD, and its order controls. */
export interface Market {
  readonly marketId: string;
  readonly name: string;
  readonly instrument: Instrument;
  /** Prices are whole multiples of this. USD. */
  readonly priceTick: Amount;
  /** The most Units one order may ask for. */
  readonly maximumQuantity: number;
}

/** One Unit is a million tokens, the exchange's market rule. */
export const TOKENS_PER_UNIT = 1_000_000;

const chatPrime: Instrument = {
  instrumentId: 'instrument_c18a986c-522b-475a-b319-f2d0ba04a64d',
  symbol: 'chat-prime',
  name: 'Chat Prime',
};

const chatFast: Instrument = {
  instrumentId: 'instrument_5d0e7f1a-93b4-4c1e-8a6d-27f0c4b9e311',
  symbol: 'chat-fast',
  name: 'Chat Fast',
};

const codePrime: Instrument = {
  instrumentId: 'instrument_b7e41c53-6a0f-4d92-9c38-1d5f7a2e60c4',
  symbol: 'code-prime',
  name: 'Code Prime',
};

/** The market that the exchange's own scripts name. */
const chatPrimeMarket: Market = {
  marketId: 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c',
  name: 'Chat Prime / USD',
  instrument: chatPrime,
  priceTick: amount('0.01'),
  maximumQuantity: 10_000,
};

/** Its id is this simulator's own, like the next one's: no second market id was ever published. */
const chatFastMarket: Market = {
  marketId: 'market_1f6b2c94-7d3e-4a58-b0c7-9e2d4f8a6b35',
  name: 'Chat Fast / USD',
  instrument: chatFast,
  priceTick: amount('0.01'),
  maximumQuantity: 10_000,
};

const codePrimeMarket: Market = {
  marketId: 'market_c3a85e17-2f4d-4b60-8e91-75d0b6f2a948',
  name: 'Code Prime / USD',
  instrument: codePrime,
  priceTick: amount('0.01'),
  maximumQuantity: 10_000,
};

/** Every market of the simulated world. */
export const MARKETS: readonly Market[] = [chatPrimeMarket, chatFastMarket, codePrimeMarket];

/** Finds a market by its id or by its instrument's symbol. */
export function findMarket(name: string): Market | undefined {
  return MARKETS.find((market) => market.marketId === name || market.instrument.symbol === name);
}

/** Finds an instrument by its id or its symbol. */
export function findInstrument(name: string): Instrument | undefined {
  return MARKETS.map((market) => market.instrument).find(
    (instrument) => instrument.instrumentId === name || instrument.symbol === name,
  );
}
