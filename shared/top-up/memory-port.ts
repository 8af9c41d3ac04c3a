import type { Usd } from '../ledger/decimal.ts';
import type { FillTotals } from '../orders/store-port.ts';
import type { Arrivals } from './arrivals.ts';
import type { UseSeen } from './cover.ts';
import type { PolicyState } from './policy/contract.ts';

/** An order book as it was when it was last read. */
export interface SeenBook {
  /** Of the check that has read it, ms since the epoch. */
  readonly readAt: number;
  /** Best ask of others; undefined where nobody sold. */
  readonly bestAsk?: Usd | undefined;
}

/** What a balance check leaves for the next one, by instrument. */
export interface TopUpMemory {
  readonly arrivals: Arrivals;
  /** What our orders had bought when the policy was last told. */
  readonly toldFills: FillTotals;
  readonly policy: PolicyState | undefined;
  /** How fast Units go; undefined until that was seen. */
  readonly use?: UseSeen | undefined;
  /** For people: nothing is decided by it. Undefined until a book was read. */
  readonly book?: SeenBook | undefined;
}

/** A memory as it was read. */
export interface StoredMemory {
  /** Undefined if there is none, or none that can be read any more. */
  readonly memory: TopUpMemory | undefined;
  /** Grows by one with every write; 0 if there was none. */
  readonly version: number;
}

/** Where that is kept. */
export interface TopUpMemoryStore {
  read(instrument: string): Promise<StoredMemory>;
  /**
   * @param previous the memory that this one follows, as it was read
   * @returns `stale` if another check has written meanwhile; nothing was written then
   */
  write(instrument: string, memory: TopUpMemory, previous: StoredMemory): Promise<'written' | 'stale'>;
}
