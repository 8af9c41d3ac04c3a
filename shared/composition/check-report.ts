import { buyingLimitsOf } from '../configuration/buying-limits.ts';
import type { InstrumentConfiguration } from '../configuration/instruments.ts';
import { emitCheckMetrics, emitUnitsInTrading } from '../observability/check-metrics.ts';
import { emitUnfamiliar } from '../observability/exchange-metrics.ts';
import { emitHealthMetrics, emitSecretAge } from '../observability/health-metrics.ts';
import type { Log } from '../observability/log.ts';
import type { MetricSink } from '../observability/metric-sink.ts';
import { metricNames } from '../observability/names.ts';
import { readStageHealth } from '../orders/stage-health.ts';
import { type ExchangeHealth, watchExchange } from '../orders/watch-exchange.ts';
import { watchSettings } from '../orders/watch-settings.ts';
import { systemClock } from '../time/system-clock.ts';
import { type BalanceRecord, recordBalances } from '../top-up/balances.ts';
import type { BalanceCheck, CheckBalancesPorts, TermsInForce } from '../top-up/check-balances.ts';
import type { Tick } from '../top-up/tick.ts';
import { reportWaitingUnits } from '../transfers/report-waiting-units.ts';
import type { OrderTable } from './order-table.ts';
import type { Accounts } from './read-accounts.ts';

/** What reporting needs. */
export interface CheckReportTools {
  readonly table: OrderTable;
  readonly balances: Pick<BalanceRecord, 'write'>;
  readonly instruments: readonly InstrumentConfiguration[];
  /** When the key that signs was put into the secret, ms since the epoch. */
  readonly keyStoredAt: () => number | undefined;
  readonly log: Log;
  readonly emitMetric: MetricSink;
}

/** A check that has been done. */
export interface DoneCheck {
  readonly tick: Pick<Tick, 'scheduledTime' | 'trigger'>;
  readonly check: BalanceCheck;
  readonly ports: Pick<CheckBalancesPorts, 'instrumentIdOf' | 'trading'>;
  /** The accounts that it has read, or would have. */
  readonly accounts: Accounts;
  /** What it was decided by. */
  readonly terms: () => Promise<Pick<TermsInForce, 'control'>>;
  /** How the exchange has met it. */
  readonly exchangeHealth: ExchangeHealth;
  /** What its answers held that is not known, such as `orders.status`. */
  readonly unfamiliar: ReadonlySet<string>;
}

/** Tells dashboards and alarms of a check. What cannot be told now is told by the next one. */
export function createCheckReport(tools: CheckReportTools) {
  const { table, balances, instruments, keyStoredAt, log, emitMetric } = tools;

  /** Also of instruments that are bought through the API only. */
  async function reportInTrading({ instrumentIdOf, trading }: DoneCheck['ports']): Promise<void> {
    const reported = instruments.map((instrument) => ({
      instrument: instrument.symbol,
      moveFromTrading: instrument.moveFromTrading,
      unitsInTrading: async () => {
        const instrumentId = await instrumentIdOf(buyingLimitsOf(instrument));
        const accounts = (await trading()).filter((account) => account.instrumentId === instrumentId);
        return accounts.reduce((sum, { units }) => sum + units, 0n);
      },
    }));
    const found = await reportWaitingUnits({ mark: table.waitingMark, clock: systemClock, log }, reported);
    for (const one of found) emitUnitsInTrading(emitMetric, one);
  }

  /** For those who look at the balances without the signing key. An instrument whose id cannot be read has no name there. */
  async function keepBalances({ ports, accounts }: DoneCheck): Promise<void> {
    const symbols = new Map<string, string>();
    for (const instrument of instruments) {
      const found = await ports.instrumentIdOf(buyingLimitsOf(instrument)).catch(() => undefined);
      if (found !== undefined) symbols.set(found, instrument.symbol);
    }
    const read = () => accounts.balances((instrumentId) => symbols.get(instrumentId));
    await recordBalances({ record: balances, log }, read);
  }

  /** A check that cannot be counted is not counted; the next one is. */
  async function watch(health: ExchangeHealth, { scheduledTime, trigger }: DoneCheck['tick']): Promise<void> {
    const { clockOffsetMs } = health;
    if (clockOffsetMs !== undefined) emitMetric(metricNames.clockSkew, Math.abs(clockOffsetMs));
    // Three refused checks in a row stop all buying: those of the schedule, which are minutes apart.
    if (trigger !== 'schedule') return;
    try {
      await watchExchange({ ...table, log }, health, scheduledTime);
    } catch (error) {
      log.error('exchange-watch-failed', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  /** Its changes are told once, by the checks of the schedule: two at once would both tell. */
  async function reportSettings(trigger: Tick['trigger']): Promise<void> {
    if (trigger !== 'schedule') return;
    try {
      await watchSettings(table.settingsMemory, (haveChanged) => {
        if (haveChanged) log.warn('settings-changed', {});
        emitMetric(metricNames.settingsChanged, haveChanged ? 1 : 0);
      });
    } catch (error) {
      log.error('settings-not-watched', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  /** Never silently: whatever keeps the settings from being known keeps everything from being bought. */
  async function reportUse(terms: DoneCheck['terms']): Promise<void> {
    const mode = await terms().then(
      ({ control }) => control.mode,
      () => 'SETTINGS_UNUSABLE' as const,
    );
    const isUnusable = mode === 'SETTINGS_UNUSABLE';
    if (isUnusable) log.error('settings-unusable', {});
    emitMetric(metricNames.settingsUnusable, isUnusable ? 1 : 0);
  }

  /** What administrators set within. One check notes it: two at once would do so twice. */
  async function noteDeployment(trigger: Tick['trigger']): Promise<void> {
    if (trigger !== 'schedule') return;
    try {
      await table.noteDeployment(instruments);
    } catch (error) {
      log.error('deployment-not-noted', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  /** Alarms keep their state until the next check. */
  async function reportHealth(): Promise<void> {
    try {
      emitHealthMetrics(emitMetric, await readStageHealth({ ...table, clock: systemClock }));
    } catch (error) {
      log.error('health-not-read', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  return async (done: DoneCheck): Promise<void> => {
    const { tick, check, ports, exchangeHealth, terms, unfamiliar } = done;
    emitCheckMetrics(emitMetric, check, tick.trigger);
    emitUnfamiliar({ log, emitMetric }, unfamiliar);
    emitSecretAge(emitMetric, keyStoredAt(), systemClock.now());
    await reportInTrading(ports);
    await keepBalances(done);
    await watch(exchangeHealth, tick);
    await reportUse(terms);
    await reportSettings(tick.trigger);
    await noteDeployment(tick.trigger);
    // Last, so that it shows what the check has done.
    await reportHealth();
  };
}
