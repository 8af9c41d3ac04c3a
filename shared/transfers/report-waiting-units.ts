import { decimalScale, formatDecimal, type Units } from '../ledger/decimal.ts';
import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';

/** Since when whole Units of an instrument have been waiting in the trading account. */
export interface WaitingMark {
  /** ms since the epoch; undefined if none were waiting when it was last looked at. */
  since(instrument: string): Promise<number | undefined>;
  begin(instrument: string, at: number): Promise<void>;
  end(instrument: string): Promise<void>;
}

/** What reporting needs. */
export interface ReportWaitingPorts {
  readonly mark: WaitingMark;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** What an instrument's trading account holds, and whether we are to move it. */
export interface UnitsInTrading {
  readonly instrument: string;
  readonly units: Units;
  readonly moveFromTrading: boolean;
}

/** An automatic transfer or a sweep by the exchange would have come by then. */
const longWaitMs = 30 * 60_000;

/**
 * Logs the Units that wait in the trading account, and warns of those that have waited for half an hour while nobody is
 * to move them: they were paid for and serve no inference.
 *
 * @throws StoreUnavailableError
 */
export async function reportWaitingUnits(ports: ReportWaitingPorts, held: UnitsInTrading): Promise<void> {
  const { instrument, units, moveFromTrading } = held;
  const since = await ports.mark.since(instrument);
  if (units < decimalScale) {
    if (since !== undefined) await ports.mark.end(instrument);
    return;
  }
  const now = ports.clock.now();
  if (since === undefined) await ports.mark.begin(instrument, now);
  const waitedMs = now - (since ?? now);
  const fields = { instrument, units: formatDecimal(units), waitedMs };
  if (waitedMs > longWaitMs && !moveFromTrading) ports.log.warn('units-wait-in-trading', fields);
  else ports.log.info('units-in-trading', fields);
}
