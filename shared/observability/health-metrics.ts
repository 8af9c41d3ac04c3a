import type { Usd } from '../ledger/decimal.ts';
import type { StageHealth } from '../orders/stage-health.ts';
import { forDisplay, type MetricSink } from './metric-sink.ts';
import { metricNames } from './names.ts';

/** How the stage stands, for dashboards and alarms. */
export function emitHealthMetrics(emit: MetricSink, health: StageHealth): void {
  emit(metricNames.breakerOpen, health.isBreakerOpen ? 1 : 0);
  emit(metricNames.unclearOrders, health.unclearOrders);
  emit(metricNames.unresolvedOrders, health.unresolvedOrders);
  for (const [period, { cap, reserved, spent }] of Object.entries(health.budgets)) {
    emit(metricNames.budgetUsedPercent, percentOf(reserved + spent, cap), { period });
    emit(metricNames.budgetSpentPercent, percentOf(spent, cap), { period });
    emit(metricNames.spentUsd, forDisplay(spent), { period });
    emit(metricNames.reservedUsd, forDisplay(reserved), { period });
    emit(metricNames.capUsd, forDisplay(cap), { period });
  }
}

const dayMs = 86_400_000;

/**
 * How old the signing key is, so that somebody changes it in time.
 *
 * @param storedAt when it was put into the secret, ms since the epoch; nothing is told while that is not known
 */
export function emitSecretAge(emit: MetricSink, storedAt: number | undefined, now: number): void {
  if (storedAt !== undefined) emit(metricNames.secretAge, Math.max(0, (now - storedAt) / dayMs));
}

/** To two decimals, rounded down. Of a cap of nothing, nothing is 0 % and anything is all of it. */
function percentOf(part: Usd, cap: Usd): number {
  if (cap === 0n) return part === 0n ? 0 : 100;
  return Number((part * 10_000n) / cap) / 100;
}
