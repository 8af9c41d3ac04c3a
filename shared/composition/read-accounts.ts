import type { ExchangeClient } from '../exchange/client.ts';
import type { Clock } from '../time/clock.ts';
import type { Balances } from '../top-up/balances.ts';
import { memoize } from '../top-up/memoize.ts';

type AccountsExchange = Pick<
  ExchangeClient,
  'getConsumptionAccounts' | 'getTradingAccounts' | 'getCurrencyAccounts'
>;

/** The accounts at the exchange, each kind read once for one check however often it is asked for. */
export type Accounts = ReturnType<typeof readAccounts>;

/** Reads nothing yet: each kind when it is first asked for. */
export function readAccounts(exchange: AccountsExchange, clock: Pick<Clock, 'now'>) {
  const consumption = memoize(async () => {
    const accounts = await exchange.getConsumptionAccounts();
    return { accounts, readAt: clock.now() };
  });
  const trading = memoize(() => exchange.getTradingAccounts());
  return {
    consumption: async () => (await consumption()).accounts,
    trading: memoize(async () =>
      (await trading()).map(({ instrumentId, available }) => ({ instrumentId, units: available })),
    ),
    /** All of them, as of when the Units ready for inference were read: what a check goes by. */
    balances: async (symbolOf: (instrumentId: string) => string | undefined): Promise<Balances> => {
      const [ready, inTrading, currency] = await Promise.all([
        consumption(),
        trading(),
        exchange.getCurrencyAccounts(),
      ]);
      return {
        readAt: ready.readAt,
        consumption: ready.accounts.map(({ accountId, instrumentId, usable, total }) => ({
          accountId,
          instrument: symbolOf(instrumentId),
          instrumentId,
          usable,
          total,
        })),
        trading: inTrading.map(({ accountId, instrumentId, available }) => ({
          accountId,
          instrument: symbolOf(instrumentId),
          instrumentId,
          available,
        })),
        currency: currency.map(({ currency: name, available, locked, total }) => ({
          currency: name,
          available,
          locked,
          total,
        })),
      };
    },
  };
}
