import { Duration, Stack } from 'aws-cdk-lib';
import { type Alarm, AlarmStatusWidget, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Watched } from '../watched.ts';
import { buying } from './buying.ts';
import { headline } from './headline.ts';
import { text } from './layout.ts';
import { machinery } from './machinery.ts';

const howToReadAlarms = [
  '## Alarms',
  'Red: something is wrong now; the alarm says what it breaks, and the last part of its name is its section in the runbook.',
  'Grey: nothing was measured yet, which is usual in the first hour of a stage. Everything green: there is nothing to do.',
].join('\n');

/** One page that answers: is there enough, what does it cost, does it run, and what is wrong. */
export class ServiceDashboard extends Dashboard {
  /** Where it is in the console. */
  readonly url: string;

  constructor(scope: Construct, id: string, watched: Watched, alarms: readonly Alarm[]) {
    const dashboardName = `grid-buyer-${watched.stageName}`;
    super(scope, id, {
      dashboardName,
      defaultInterval: Duration.days(1),
      widgets: [
        ...headline(watched),
        ...buying(watched),
        ...machinery(watched),
        text(howToReadAlarms, 3),
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 8 })],
      ],
    });
    const { region } = Stack.of(this);
    this.url = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`;
  }
}
