import { describe, expect, it } from 'vitest';
import { newBudget } from '../../shared/ledger/budget.ts';
import { emitCheckMetrics } from '../../shared/observability/check-metrics.ts';
import { emitHealthMetrics } from '../../shared/observability/health-metrics.ts';
import { metricNames } from '../../shared/observability/names.ts';
import { createRecordedMetrics } from '../support/recorded-metrics.ts';
import { alarmsOf } from './support/alarms.ts';
import { toppedUpInstrument } from './support/example-settings.ts';
import { synthesize } from './support/synthesize.ts';

/** Metrics that are emitted where they are measured, beside those of a check. */
const besideChecks: readonly string[] = [
  metricNames.clockSkew,
  metricNames.unitsInTrading,
  metricNames.settingsChanged,
  metricNames.settingsUnusable,
  metricNames.unfamiliarAnswers,
  metricNames.postDuration,
  metricNames.secretAge,
];

/** What a check with a refused top-up emits, as `NAME dimension=value`. */
function emitted(): ReadonlySet<string> {
  const { emit, lines } = createRecordedMetrics();
  emitCheckMetrics(emit, {
    movedOrders: [],
    audit: undefined,
    movedTransfers: [],
    unclearTransfers: 0,
    late: false,
    instruments: [
      {
        instrument: toppedUpInstrument.symbol,
        result: 'not-bought',
        usable: 0n,
        incoming: 0n,
        orderId: 'g1a-x',
        orderState: 'REJECTED',
        reason: 'INSUFFICIENT_BALANCE',
      },
    ],
  });
  const budgets = { day: newBudget(1n), month: newBudget(1n) };
  emitHealthMetrics(emit, { isBreakerOpen: false, unclearOrders: 0, unresolvedOrders: 0, budgets });
  return new Set(lines.map((line) => line.replace(/ [\d.]+/, '')));
}

describe('an alarm on a metric of ours', () => {
  const watched = alarmsOf(synthesize({ instruments: [toppedUpInstrument] }))
    .filter(({ namespace, metricName }) => namespace === 'GridBuyer' && !besideChecks.includes(metricName))
    .map(({ metricName, dimensions: { stage: _stage, ...own } }) =>
      [metricName, ...Object.entries(own).map(([name, value]) => `${name}=${String(value)}`)].join(' '),
    );

  it.each([...new Set(watched)])('%s watches what a check emits, dimension by dimension', (metric) => {
    expect(emitted()).toContain(metric);
  });
});
