import { decimalScale, type Units } from '../ledger/decimal.ts';
import type { BalanceCheck } from '../top-up/check-balances.ts';
import { metricNames } from './names.ts';
import type { MetricSink } from './powertools.ts';

/** What a balance check says to the dashboards: that it ran, what is left, and what failed. */
export function emitCheckMetrics(emit: MetricSink, check: BalanceCheck): void {
  emit(metricNames.checkCompleted, 1);
  for (const { instrument, result, usable } of check.instruments) {
    if (usable !== undefined) emit(metricNames.unitsAvailable, forDisplay(usable), { instrument });
    if (result === 'failed') emit(metricNames.checkFailed, 1, { instrument });
    else if (result !== 'enough') emit(metricNames.topUp, 1, { instrument, result });
  }
}

/** A metric is a picture, not a balance: this is the one place where Units become a floating-point number. */
function forDisplay(units: Units): number {
  return Number(units) / Number(decimalScale);
}
