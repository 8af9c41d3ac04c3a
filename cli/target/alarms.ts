import {
  CloudWatchClient,
  type CloudWatchClientConfig,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { alarmCatalogue } from '../../infra/constructs/monitoring/alarm-catalogue.ts';
import { awsFailure } from './aws-failure.ts';
import type { RaisedAlarm } from './target.ts';

/** The alarms of a stage that are raised. @throws Failure if they cannot be read */
export async function readAlarms(
  options: CloudWatchClientConfig,
  stage: string,
): Promise<readonly RaisedAlarm[]> {
  const client = new CloudWatchClient(options);
  const raised: RaisedAlarm[] = [];
  const prefix = `grid-buyer-${stage}-`;
  try {
    const pages = paginateDescribeAlarms({ client }, { AlarmNamePrefix: prefix, StateValue: 'ALARM' });
    for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
      for (const alarm of [...MetricAlarms, ...CompositeAlarms]) {
        if (!isOfStage(alarm.AlarmName ?? '', prefix)) continue;
        raised.push({
          name: alarm.AlarmName ?? '',
          state: alarm.StateValue ?? 'ALARM',
          since: alarm.StateUpdatedTimestamp?.toISOString() ?? null,
          description: alarm.AlarmDescription ?? '',
        });
      }
    }
    return raised;
  } catch (error) {
    throw awsFailure(error, 'The alarms cannot be read');
  }
}

/** The names of another stage may begin with the name of this one. */
function isOfStage(name: string, prefix: string): boolean {
  return Object.keys(alarmCatalogue).some((kind) => name.startsWith(`${prefix}${kind}`));
}
