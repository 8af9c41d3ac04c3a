import { formatDecimal, formatUsd } from '../ledger/decimal.ts';
import type { Balances } from '../top-up/balances.ts';
import { isoTime } from './iso-time.ts';

/** The accounts at the exchange as callers see them. All amounts are decimal strings. */
export function balancesView({ readAt, consumption, trading, currency }: Balances): object {
  return {
    readAt: isoTime(readAt),
    consumption: consumption.map((account) => ({
      accountId: account.accountId,
      instrument: account.instrument ?? null,
      instrumentId: account.instrumentId,
      usable: formatDecimal(account.usable),
      total: account.total === undefined ? null : formatDecimal(account.total),
    })),
    trading: trading.map((account) => ({
      accountId: account.accountId,
      instrument: account.instrument ?? null,
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
