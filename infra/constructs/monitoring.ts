import { Construct } from 'constructs';
import { AlarmTopics } from './monitoring/alarm-topics.ts';
import { OperatorAlarm } from './monitoring/operator-alarm.ts';
import { pageAlarms } from './monitoring/page-alarms.ts';
import { ServiceDashboard } from './monitoring/service-dashboard.ts';
import { ticketAlarms } from './monitoring/ticket-alarms.ts';
import type { Watched } from './monitoring/watched.ts';

export interface MonitoringProps {
  /** What is watched. */
  readonly watched: Watched;
  /**
   * Address that gets all alarms, once its owner has confirmed.
   *
   * @default - nobody is subscribed
   */
  readonly email: string | undefined;
}

/** Tells people when something is wrong, how urgent it is, what it breaks and what to do; and a dashboard to look at. */
export class Monitoring extends Construct {
  /** ARN of the topic of alarms that need somebody now. */
  readonly pageTopicArn: string;
  /** ARN of the topic of alarms that can wait for the next working day. */
  readonly ticketTopicArn: string;

  constructor(scope: Construct, id: string, { watched, email }: MonitoringProps) {
    super(scope, id);
    const topics = new AlarmTopics(this, 'Topics', { stageName: watched.stageName, email });
    const definitions = [...pageAlarms(watched), ...ticketAlarms(watched)];
    const alarms = definitions.map((definition) => new OperatorAlarm(this, topics, definition));
    new ServiceDashboard(this, 'Dashboard', watched, alarms);
    this.pageTopicArn = topics.of('page').topicArn;
    this.ticketTopicArn = topics.of('ticket').topicArn;
  }
}
