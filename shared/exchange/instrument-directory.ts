import type { ExchangeClient } from './client.ts';
import { ExchangeReadError } from './read-error.ts';

/** An instrument by its market, as configured. */
export interface InstrumentOnMarket {
  readonly marketId: string;
  /** The exchange's id of the instrument, if it is configured. */
  readonly instrumentId?: string | undefined;
}

/** Finds the exchange's ids of instruments, which are what accounts are named by. */
export interface InstrumentDirectory {
  /** @throws ExchangeReadError if the market is unknown, or trades no or several instruments */
  instrumentIdOf(
    exchange: Pick<ExchangeClient, 'getMarket'>,
    instrument: InstrumentOnMarket,
  ): Promise<string>;
}

/** A directory that asks the exchange once for each market, for as long as the process lives. */
export function createInstrumentDirectory(): InstrumentDirectory {
  const known = new Map<string, string>();
  return {
    instrumentIdOf: async (exchange, { marketId, instrumentId }) => {
      const found = instrumentId ?? known.get(marketId);
      if (found !== undefined) return found;
      const { instrumentIds } = await exchange.getMarket(marketId);
      const [only] = instrumentIds;
      if (only === undefined || instrumentIds.length > 1) {
        throw new ExchangeReadError('unreadable', 'markets', 'the market does not name one instrument');
      }
      known.set(marketId, only);
      return only;
    },
  };
}
