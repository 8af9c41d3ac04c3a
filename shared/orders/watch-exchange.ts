import type { Log } from '../observability/log.ts';
import { type Breaker, type ControlState, stopReasonOf } from './control-port.ts';

/** How the exchange has met one balance check. */
export interface ExchangeHealth {
  /** Signed reads that were answered. */
  readonly readsAnswered: number;
  /** Signed reads that were refused for good with 401 or 403. */
  readonly readsRefused: number;
  /** The exchange's clock minus ours, ms, as its answers tell; undefined if none told the time. */
  readonly clockOffsetMs: number | undefined;
}

/** Checks in a row to which the exchange refused every read. */
export interface RefusedChecks {
  readonly inARow: number;
  /** When the last of the checks that were counted was due: ISO 8601. */
  readonly scheduledTime: string;
}

/** Where the refused checks are counted, from one check to the next. */
export interface RefusedChecksMemory {
  read(): Promise<RefusedChecks | undefined>;
  write(checks: RefusedChecks): Promise<void>;
}

/** What watching needs. */
export interface WatchExchangePorts {
  readonly refusedChecks: RefusedChecksMemory;
  readonly breaker: Pick<Breaker, 'open'>;
  readonly readControl: () => Promise<Pick<ControlState, 'mode' | 'breaker'>>;
  readonly log: Log;
}

/** So many checks in a row: one alone can be the exchange's own trouble. */
const refusedUntilStopped = 3;
/** Signatures are good for 30 s; a clock that is off by this much is on its way there. */
const noticeableOffsetMs = 5_000;

/**
 * Draws the conclusions of one check for those who run the stage. A clock that is off is told. A key or an account
 * that the exchange refuses in three checks in a row is told too, and opens the breaker if anything can be bought: a
 * person must mend it. A check without any answer, and one that is delivered again, count for nothing.
 *
 * @param scheduledTime when the check was due: ISO 8601
 * @throws StoreUnavailableError
 */
export async function watchExchange(
  ports: WatchExchangePorts,
  health: ExchangeHealth,
  scheduledTime: string,
): Promise<void> {
  const { clockOffsetMs } = health;
  if (Math.abs(clockOffsetMs ?? 0) > noticeableOffsetMs) ports.log.warn('clock-off', { clockOffsetMs });
  await countIfRefused(ports, health, scheduledTime);
}

async function countIfRefused(
  ports: WatchExchangePorts,
  { readsAnswered, readsRefused }: ExchangeHealth,
  scheduledTime: string,
): Promise<void> {
  if (readsAnswered + readsRefused === 0) return;
  const before = await ports.refusedChecks.read();
  if (before !== undefined && Date.parse(scheduledTime) <= Date.parse(before.scheduledTime)) return;
  const inARow = readsAnswered > 0 ? 0 : (before?.inARow ?? 0) + 1;
  if (inARow === 0 && (before?.inARow ?? 0) === 0) return;
  await ports.refusedChecks.write({ inARow, scheduledTime });
  if (inARow < refusedUntilStopped) return;
  ports.log.error('signing-key-refused', { checks: inARow });
  // A stage that is being set up has no key yet; its breaker would only be in the way.
  if (stopReasonOf(await ports.readControl()) === undefined)
    await ports.breaker.open('signing-key-refused', scheduledTime);
}
