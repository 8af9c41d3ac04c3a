import type { Units, Usd } from '../ledger/decimal.ts';
import { amountField, type JsonObject, textField, UnreadableAnswer } from './fields.ts';

/** Which field of a consumption account holds the Units that an application can use. */
export type BalanceBasis =
  /** What is not committed: `available_balance`, as the exchange's guide reads it. */
  | 'available'
  /** Everything in the account, for accounts whose Units are committed on arrival. */
  | 'total';

/** Units ready for inference. */
export interface ConsumptionAccount {
  readonly accountId: string;
  readonly instrumentId: string;
  readonly usable: Units;
  readonly total: Units | undefined;
  /** All Units that ever came in, where the exchange counts them; only grows. */
  readonly transferredIn: Units | undefined;
}

/** USD at the exchange. */
export interface CurrencyAccount {
  readonly accountId: string;
  readonly currency: string;
  readonly available: Usd;
  readonly locked: Usd;
  readonly total: Usd;
}

/** Units that were bought and not yet moved to consumption. */
export interface TradingAccount {
  readonly accountId: string;
  readonly instrumentId: string;
  readonly available: Units;
}

/** Closed accounts hold nothing that counts. */
export function isClosed(row: JsonObject): boolean {
  return textField(row, 'status')?.toLowerCase() === 'closed';
}

/** @throws UnreadableAnswer if it lacks an id, names no instrument or holds no balance field that we know */
export function parseConsumptionAccount(row: JsonObject, basis: BalanceBasis): ConsumptionAccount {
  const available = amountField(row, 'available_balance', 'uncommitted_balance');
  const total = amountField(row, 'total_balance');
  const committed = amountField(row, 'committed_balance');
  const free = available ?? freeOf(total, committed);
  const usable = basis === 'total' ? (total ?? free) : free;
  if (usable === undefined) throw new UnreadableAnswer('the account has no balance field that is known');
  const transferredIn = amountField(row, 'total_transfers_in', 'total_deposits');
  return { ...identity(row), usable, total, transferredIn };
}

/** @throws UnreadableAnswer if it lacks an id, names no instrument or holds no available balance */
export function parseTradingAccount(row: JsonObject): TradingAccount {
  const available = amountField(row, 'available_balance', 'available', 'total_balance');
  if (available === undefined) throw new UnreadableAnswer('the account has no available balance');
  // Not needed, but an account with less than nothing in it is not understood.
  for (const name of ['total_balance', 'locked_balance', 'committed_balance']) amountField(row, name);
  return { ...identity(row), available };
}

/** @throws UnreadableAnswer if it names no currency or holds no available balance */
export function parseCurrencyAccount(row: JsonObject): CurrencyAccount {
  const available = amountField(row, 'available_balance', 'available');
  const currency = textField(row, 'currency')?.toLowerCase();
  if (available === undefined || currency === undefined) {
    throw new UnreadableAnswer('the account has no currency or no available balance');
  }
  const locked = amountField(row, 'locked_balance', 'reserved') ?? 0n;
  return {
    accountId: textField(row, 'account_id') ?? currency,
    currency,
    available,
    locked,
    total: amountField(row, 'total_balance', 'total') ?? available + locked,
  };
}

/** Both are needed: without its own id, an account could be taken for another one of the same instrument. */
function identity(row: JsonObject): { accountId: string; instrumentId: string } {
  const accountId = textField(row, 'account_id');
  const instrumentId = textField(row, 'instrument_id');
  if (accountId === undefined || instrumentId === undefined) {
    throw new UnreadableAnswer('the account has no id or names no instrument');
  }
  return { accountId, instrumentId };
}

function freeOf(total: Units | undefined, committed: Units | undefined): Units | undefined {
  if (total === undefined || committed === undefined) return total;
  if (committed > total) throw new UnreadableAnswer('more is committed than there is');
  return total - committed;
}
