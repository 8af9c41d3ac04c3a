import type { Units, Usd } from '../ledger/decimal.ts';
import type { Log } from '../observability/log.ts';

/** What the accounts at the exchange held when a check last read them. */
export interface Balances {
  /** ms since the epoch. */
  readonly readAt: number;
  /** Units ready for inference. */
  readonly consumption: readonly {
    readonly accountId: string;
    readonly instrument: string | undefined;
    readonly instrumentId: string;
    readonly usable: Units;
    readonly total: Units | undefined;
  }[];
  /** Units that were bought and not yet moved to consumption. */
  readonly trading: readonly {
    readonly accountId: string;
    readonly instrument: string | undefined;
    readonly instrumentId: string;
    readonly available: Units;
  }[];
  readonly currency: readonly {
    readonly currency: string;
    readonly available: Usd;
    readonly locked: Usd;
    readonly total: Usd;
  }[];
}

/**
 * Where the balances are kept that a check has read, for those who only want to look: reading them from the exchange
 * takes the signing key, with which one can also trade.
 */
export interface BalanceRecord {
  /** Undefined before the first check. */
  read(): Promise<Balances | undefined>;
  /** Keeps these, unless later ones are there. */
  write(balances: Balances): Promise<void>;
}

/** What keeping the balances needs. */
export interface RecordBalancesPorts {
  readonly record: Pick<BalanceRecord, 'write'>;
  readonly log: Log;
}

/** Keeps what the accounts hold. Where that fails, those of an earlier check stay, with their time. */
export async function recordBalances(
  { record, log }: RecordBalancesPorts,
  read: () => Promise<Balances>,
): Promise<void> {
  try {
    await record.write(await read());
  } catch (error) {
    log.warn('balances-not-recorded', { error: error instanceof Error ? error.name : 'unknown' });
  }
}
