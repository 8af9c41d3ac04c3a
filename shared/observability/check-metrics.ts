import type { BalanceCheck, InstrumentCheck } from '../top-up/check-balances.ts';
import type { CheckTrigger } from '../top-up/tick.ts';
import type { WaitingUnits } from '../transfers/report-waiting-units.ts';
import { forDisplay, type MetricSink } from './metric-sink.ts';
import { metricNames } from './names.ts';
import { emitPlacedOrder } from './placement-metrics.ts';

/**
 * What a balance check says to dashboards and alarms: that it ran, what is left, and what failed.
 *
 * @param trigger a check that was asked for is no heartbeat: it says nothing of the schedule
 */
export function emitCheckMetrics(
  emit: MetricSink,
  check: BalanceCheck,
  trigger: CheckTrigger = 'schedule',
): void {
  // A late check has not looked at the balances: checks that are all late must not look like a heartbeat.
  if (!check.late && trigger === 'schedule') emit(metricNames.checkCompleted, 1);
  // Nothing moves an order that is ABANDONED and leaves it so: each of these was given up just now.
  const abandoned = check.movedOrders.filter(({ state }) => state === 'ABANDONED');
  emit(metricNames.ordersAbandoned, abandoned.length);
  emit(metricNames.auditIncomplete, check.audit?.complete === true ? 0 : 1);
  emit(metricNames.unclearTransfers, check.unclearTransfers);
  for (const one of check.instruments) emitInstrument(emit, one);
}

/** How many Units wait in the trading account. */
export function emitUnitsInTrading(emit: MetricSink, { instrument, units }: WaitingUnits): void {
  emit(metricNames.unitsInTrading, forDisplay(units), { instrument });
}

function emitInstrument(emit: MetricSink, check: InstrumentCheck): void {
  const { instrument, result, usable, orderState, bestAsk, coverMinutes } = check;
  if (usable !== undefined) emit(metricNames.unitsAvailable, forDisplay(usable), { instrument });
  if (coverMinutes !== undefined) emit(metricNames.coverMinutes, coverMinutes, { instrument });
  if (bestAsk !== undefined) emit(metricNames.marketPrice, forDisplay(bestAsk), { instrument });
  emit(metricNames.checkFailed, result === 'failed' ? 1 : 0, { instrument });
  if (result === 'failed') return;
  emit(metricNames.topUpBlocked, result === 'not-bought' ? 1 : 0, { instrument });
  if (result !== 'enough') emit(metricNames.topUp, 1, { instrument, result });
  if (orderState !== undefined) emitPlacedOrder(emit, orderState);
}
