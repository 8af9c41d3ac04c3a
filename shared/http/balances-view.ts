import type { ConsumptionAccount, CurrencyAccount, TradingAccount } from '../exchange/parse-accounts.ts';
import { formatDecimal, formatUsd } from '../ledger/decimal.ts';

/**
 * The accounts at the exchange as callers see them. All amounts are decimal strings.
 *
 * @param symbols the symbols of the configured instruments by the exchange's instrument id
 */
export function balancesView(
  symbols: ReadonlyMap<string, string>,
  consumption: readonly ConsumptionAccount[],
  trading: readonly TradingAccount[],
  currency: readonly CurrencyAccount[],
): object {
  return {
    consumption: consumption.map((account) => ({
      accountId: account.accountId,
      instrument: symbols.get(account.instrumentId) ?? null,
      instrumentId: account.instrumentId,
      usable: formatDecimal(account.usable),
      total: account.total === undefined ? null : formatDecimal(account.total),
    })),
    trading: trading.map((account) => ({
      accountId: account.accountId,
      instrument: symbols.get(account.instrumentId) ?? null,
      instrumentId: account.instrumentId,
      available: formatDecimal(account.available),
    })),
    currency: currency.map((account) => ({
      currency: account.currency.toUpperCase(),
      available: formatUsd(account.available),
      locked: formatUsd(account.locked),
      total: formatUsd(account.total),
    })),
  };
}
