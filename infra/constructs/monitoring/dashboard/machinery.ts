import { Duration } from 'aws-cdk-lib';
import { Color, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Watched } from '../watched.ts';
import { type Graph, row, text } from './layout.ts';

const fiveMinutes = Duration.minutes(5);
const sums = { statistic: 'Sum', period: fiveMinutes };

/** What it all runs on: functions, API, queues and table. */
export function machinery(watched: Watched): IWidget[][] {
  return [
    text('## Functions'),
    row(
      6,
      functions(watched, 'Duration p50, ms', (lambda) => lambda.metricDuration(at('p50'))),
      functions(watched, 'Duration p99, ms', (lambda) => lambda.metricDuration(at('p99'))),
    ),
    row(
      6,
      { ...functions(watched, 'Errors', (lambda) => lambda.metricErrors(sums)), isStacked: true },
      { ...functions(watched, 'Throttles', (lambda) => lambda.metricThrottles(sums)), isStacked: true },
    ),
    text('## API, queues and table'),
    row(6, requests(watched), refusals(watched), latency(watched)),
    row(6, queues(watched), throttles(watched), capacity(watched)),
  ];
}

function at(statistic: string) {
  return { statistic, period: fiveMinutes };
}

function functions(
  watched: Watched,
  title: string,
  metricOf: (lambda: LambdaFunction) => IMetric & { with(props: { label: string }): IMetric },
): Graph {
  return {
    title,
    metrics: watched.functions.map(({ name, lambda }) => metricOf(lambda).with({ label: name })),
  };
}

function requests({ api }: Watched): Graph {
  return {
    title: 'API requests in 5 minutes',
    metrics: [api.stage.metricCount(sums).with({ label: 'requests' })],
  };
}

function refusals({ api }: Watched): Graph {
  return {
    title: 'API errors in 5 minutes',
    metrics: [
      api.stage.metricClientError(sums).with({ label: '4xx', color: Color.ORANGE }),
      api.stage.metricServerError(sums).with({ label: '5xx', color: Color.RED }),
    ],
  };
}

function latency({ api }: Watched): Graph {
  return {
    title: 'API latency, ms',
    metrics: ['p50', 'p99'].map((statistic) =>
      api.stage.metricLatency(at(statistic)).with({ label: statistic }),
    ),
  };
}

function queues({ schedule }: Watched): Graph {
  const most = { statistic: 'Maximum', period: fiveMinutes };
  return {
    title: 'Checks that did not run, messages',
    metrics: [
      schedule.undelivered.metricApproximateNumberOfMessagesVisible(most).with({ label: 'not delivered' }),
      schedule.failed.metricApproximateNumberOfMessagesVisible(most).with({ label: 'not run' }),
    ],
  };
}

function throttles({ table }: Watched): Graph {
  return {
    title: 'Table: throttled in 5 minutes',
    metrics: ['Read', 'Write'].map((kind) =>
      table.metric(`${kind}ThrottleEvents`, sums).with({ label: `${kind.toLowerCase()}s` }),
    ),
  };
}

function capacity({ table }: Watched): Graph {
  return {
    title: 'Table: capacity units used in 5 minutes',
    metrics: [
      table.metricConsumedReadCapacityUnits(sums).with({ label: 'read' }),
      table.metricConsumedWriteCapacityUnits(sums).with({ label: 'written' }),
    ],
  };
}
