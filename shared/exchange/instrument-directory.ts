import type { ExchangeClient } from './client.ts';
import type { Market } from './parse-markets.ts';
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

/** A configured id that the market does not trade would name an account that is empty for ever. */
function chooseInstrument({ instrumentIds }: Market, configured: string | undefined): string {
  const [first] = instrumentIds;
  const chosen = configured ?? (instrumentIds.length === 1 ? first : undefined);
  if (chosen === undefined || !instrumentIds.includes(chosen)) {
    const problem =
      configured === undefined
        ? 'the market does not name one instrument'
        : 'the market does not trade the configured instrument';
    throw new ExchangeReadError('unreadable', 'markets', problem);
  }
  return chosen;
}

/** A directory that asks the exchange once for each market, for as long as the process lives. */
export function createInstrumentDirectory(): InstrumentDirectory {
  const known = new Map<string, string>();
  return {
    instrumentIdOf: async (exchange, { marketId, instrumentId }) => {
      const found = known.get(marketId) ?? chooseInstrument(await exchange.getMarket(marketId), instrumentId);
      known.set(marketId, found);
      return found;
    },
  };
}
