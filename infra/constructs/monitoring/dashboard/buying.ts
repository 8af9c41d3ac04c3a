import { Duration } from 'aws-cdk-lib';
import { Color, type IWidget, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import {
  dimensionNames,
  type MetricName,
  metricNames,
  metricNamespace,
} from '../../../../shared/observability/names.ts';
import { type Statistic, stageMetric } from '../stage-metrics.ts';
import type { Watched } from '../watched.ts';
import { instrumentColour } from './colours.ts';
import { type Graph, row, text } from './layout.ts';

const hour = Duration.hours(1);

/** How buying goes: top-ups, checks, what stops it, what needs a person, and how the exchange answers. */
export function buying(watched: Watched): IWidget[][] {
  return [
    text('## Buying'),
    row(
      6,
      topUps(watched, 'Top-ups an hour', 'bought'),
      topUps(watched, 'Top-ups that bought nothing', 'not-bought'),
      inTrading(watched),
      checks(watched),
    ),
    row(6, stopped(watched), needsAPerson(watched), asked(watched), exchange(watched)),
  ];
}

function topUps(watched: Watched, title: string, result: string): Graph {
  const found = each(watched, watched.toppedUp, metricNames.topUp, 'Sum', hour, { result });
  return { title, metrics: found.map(({ instrument, metric }) => metric.with({ label: instrument })) };
}

function inTrading(watched: Watched): Graph {
  const { instruments, checkEvery } = watched;
  const found = each(watched, instruments, metricNames.unitsInTrading, 'Maximum', checkEvery);
  return {
    title: 'Units left in the trading account',
    metrics: found.map(({ instrument, metric }) => metric.with({ label: instrument })),
  };
}

function checks(watched: Watched): Graph {
  const { stageName, toppedUp } = watched;
  return {
    title: 'Balance checks an hour',
    metrics: [
      stageMetric(stageName, metricNames.checkCompleted, 'Sum', hour).with({
        label: 'completed',
        color: Color.GREY,
      }),
      ...each(watched, toppedUp, metricNames.checkFailed, 'Sum', hour).map(({ instrument, metric }) =>
        metric.with({ label: `failed for ${instrument}` }),
      ),
    ],
  };
}

function stopped(watched: Watched): Graph {
  const { stageName, toppedUp, checkEvery } = watched;
  return {
    title: 'What stops buying (1: yes)',
    metrics: [
      stageMetric(stageName, metricNames.breakerOpen, 'Maximum', checkEvery).with({
        label: 'breaker open',
        color: Color.RED,
      }),
      stageMetric(stageName, metricNames.settingsUnusable, 'Maximum', checkEvery).with({
        label: 'settings unusable',
        color: Color.ORANGE,
      }),
      stageMetric(stageName, metricNames.settingsChanged, 'Maximum', checkEvery).with({
        label: 'settings changed',
        color: Color.GREY,
      }),
      ...each(watched, toppedUp, metricNames.topUpBlocked, 'Maximum', checkEvery).map(
        ({ instrument, metric }) => metric.with({ label: `${instrument} short and not bought` }),
      ),
    ],
  };
}

function needsAPerson({ stageName, checkEvery }: Watched): Graph {
  const of = (name: MetricName, label: string) =>
    stageMetric(stageName, name, 'Maximum', checkEvery).with({ label });
  return {
    title: 'What may need a person',
    metrics: [
      of(metricNames.unresolvedOrders, 'orders not resolved'),
      of(metricNames.unclearOrders, 'of these for long'),
      of(metricNames.ordersAbandoned, 'orders abandoned'),
      of(metricNames.unclearTransfers, 'transfers unclear'),
      of(metricNames.auditIncomplete, 'orders not compared'),
      of(metricNames.unfamiliarAnswers, 'unknown in answers'),
    ],
  };
}

/** There are many answers to an order, and each stage has a few of them: CloudWatch looks which. */
function asked({ stageName }: Watched): Graph {
  const schema = `{${metricNamespace},${dimensionNames.stage},${dimensionNames.outcome}}`;
  const found = `MetricName="${metricNames.orderPlaced}" ${dimensionNames.stage}="${stageName}"`;
  return {
    title: 'Orders an hour by our answer',
    isStacked: true,
    metrics: [
      new MathExpression({
        expression: `SEARCH('${schema} ${found}', 'Sum', ${hour.toSeconds()})`,
        usingMetrics: {},
        label: `\${PROP('Dim.${dimensionNames.outcome}')}`,
        period: hour,
      }),
    ],
  };
}

function exchange({ stageName }: Watched): Graph {
  const of = (name: MetricName, statistic: Statistic, label: string) =>
    stageMetric(stageName, name, statistic, hour).with({ label });
  return {
    title: 'Exchange: answers and clock, ms',
    metrics: [
      of(metricNames.postDuration, 'p50', 'answer, p50'),
      of(metricNames.postDuration, 'p99', 'answer, p99'),
      of(metricNames.clockSkew, 'Maximum', 'clock off by'),
    ],
  };
}

/** The metric of each of these instruments, in its colour. */
function each(
  { stageName, instruments }: Watched,
  of: readonly string[],
  name: MetricName,
  statistic: Statistic,
  period: Duration,
  dimensions: Parameters<typeof stageMetric>[4] = {},
) {
  return of.map((instrument) => ({
    instrument,
    metric: stageMetric(stageName, name, statistic, period, { ...dimensions, instrument }).with({
      color: instrumentColour(instruments.indexOf(instrument)),
    }),
  }));
}
