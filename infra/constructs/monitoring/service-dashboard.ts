import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IWidget,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { metricNames } from '../../../shared/observability/names.ts';
import { stageMetric } from './stage-metrics.ts';
import type { Watched } from './watched.ts';

const fullWidth = 24;
const hour = Duration.hours(1);

/** One page that answers: does it run, is there enough, what does it cost, and what is wrong. */
export class ServiceDashboard extends Dashboard {
  constructor(scope: Construct, id: string, watched: Watched, alarms: readonly Alarm[]) {
    super(scope, id, {
      defaultInterval: Duration.days(1),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: fullWidth, height: 6 })],
        // CloudWatch refuses a graph of nothing, which a stage that tops nothing up would have.
        watched.toppedUp.length === 0
          ? []
          : [graph('Usable Units', balances(watched)), graph('Top-ups an hour', topUps(watched))],
        [graph('Budget used and spent, %', budgets(watched)), graph('Orders', orders(watched))],
        [graph('Checks an hour', checks(watched)), graph('Stopped', stops(watched))],
      ],
    });
  }
}

function graph(title: string, left: Metric[]): IWidget {
  return new GraphWidget({ title, left, width: fullWidth / 2, leftYAxis: { min: 0 } });
}

function balances({ stageName, toppedUp, checkEvery }: Watched): Metric[] {
  return toppedUp.flatMap((instrument) => [
    stageMetric(stageName, metricNames.unitsAvailable, 'Minimum', checkEvery, { instrument }).with({
      label: instrument,
    }),
    stageMetric(stageName, metricNames.unitsInTrading, 'Maximum', checkEvery, { instrument }).with({
      label: `${instrument}, in trading`,
    }),
  ]);
}

function topUps({ stageName, toppedUp }: Watched): Metric[] {
  return toppedUp.flatMap((instrument) =>
    ['bought', 'in-doubt', 'not-bought'].map((result) =>
      stageMetric(stageName, metricNames.topUp, 'Sum', hour, { instrument, result }).with({
        label: `${instrument}, ${result}`,
      }),
    ),
  );
}

function budgets({ stageName, checkEvery }: Watched): Metric[] {
  return ['day', 'month'].flatMap((period) => [
    stageMetric(stageName, metricNames.budgetUsedPercent, 'Maximum', checkEvery, { period }).with({
      label: `${period}, used`,
    }),
    stageMetric(stageName, metricNames.budgetSpentPercent, 'Maximum', checkEvery, { period }).with({
      label: `${period}, spent`,
    }),
  ]);
}

function orders({ stageName }: Watched): Metric[] {
  return [
    stageMetric(stageName, metricNames.unclearOrders, 'Maximum', hour).with({ label: 'unclear' }),
    stageMetric(stageName, metricNames.ordersAbandoned, 'Sum', hour).with({ label: 'abandoned' }),
    stageMetric(stageName, metricNames.orderRefused, 'Sum', hour).with({ label: 'refused' }),
    stageMetric(stageName, metricNames.unclearTransfers, 'Maximum', hour).with({
      label: 'unclear transfers',
    }),
  ];
}

function checks({ stageName, toppedUp }: Watched): Metric[] {
  return [
    stageMetric(stageName, metricNames.checkCompleted, 'Sum', hour).with({ label: 'completed' }),
    ...toppedUp.map((instrument) =>
      stageMetric(stageName, metricNames.checkFailed, 'Sum', hour, { instrument }).with({
        label: `failed for ${instrument}`,
      }),
    ),
  ];
}

function stops({ stageName, checkEvery }: Watched): Metric[] {
  return [
    stageMetric(stageName, metricNames.breakerOpen, 'Maximum', checkEvery).with({ label: 'breaker open' }),
    stageMetric(stageName, metricNames.breakerOpened, 'Sum', hour).with({ label: 'times opened in an hour' }),
  ];
}
