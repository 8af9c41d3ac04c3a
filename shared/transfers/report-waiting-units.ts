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

/** An instrument whose Units may wait. */
export interface ReportedInstrument {
  /** Symbol of the instrument, such as `chat-prime`. */
  readonly instrument: string;
  /** Whether we move its Units when they are needed. */
  readonly moveFromTrading: boolean;
  /** Reads what its trading account holds. */
  readonly unitsInTrading: () => Promise<Units>;
}

/** What an instrument's trading account holds. */
export interface WaitingUnits {
  readonly instrument: string;
  readonly units: Units;
}

/** An automatic transfer or a sweep by the exchange would have come by then. */
const longWaitMs = 30 * 60_000;

/**
 * Logs the Units that wait in the trading account, and warns of those that have waited for half an hour while nobody is
 * to move them: they were paid for and serve no inference. Trouble with one instrument does not stop the others.
 *
 * @returns what was read
 */
export async function reportWaitingUnits(
  ports: ReportWaitingPorts,
  instruments: readonly ReportedInstrument[],
): Promise<readonly WaitingUnits[]> {
  const found: WaitingUnits[] = [];
  for (const one of instruments) {
    try {
      const units = await one.unitsInTrading();
      found.push({ instrument: one.instrument, units });
      await report(ports, one, units);
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      ports.log.warn('units-report-failed', { instrument: one.instrument, error: name });
    }
  }
  return found;
}

async function report(
  { mark, clock, log }: ReportWaitingPorts,
  { instrument, moveFromTrading }: ReportedInstrument,
  units: Units,
): Promise<void> {
  const since = await mark.since(instrument);
  if (units < decimalScale) {
    if (since !== undefined) await mark.end(instrument);
    return;
  }
  const now = clock.now();
  if (since === undefined) await mark.begin(instrument, now);
  const waitedMs = now - (since ?? now);
  const fields = { instrument, units: formatDecimal(units), waitedMs };
  if (waitedMs > longWaitMs && !moveFromTrading) log.warn('units-wait-in-trading', fields);
  else log.info('units-in-trading', fields);
}
