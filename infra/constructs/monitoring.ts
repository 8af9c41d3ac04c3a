import { Construct } from 'constructs';
import { type AlarmAddresses, AlarmTopics } from './monitoring/alarm-topics.ts';
import { ServiceDashboard } from './monitoring/dashboard/service-dashboard.ts';
import { KeyReads, type WatchedKey } from './monitoring/key-reads.ts';
import { OperatorAlarm } from './monitoring/operator-alarm.ts';
import { pageAlarms } from './monitoring/page-alarms.ts';
import { ticketAlarms } from './monitoring/ticket-alarms.ts';
import type { Watched } from './monitoring/watched.ts';

export interface MonitoringProps {
  /** What is watched. */
  readonly watched: Watched;
  /**
   * The signing key, if reads of it by others are to be told. The account needs a trail for that.
   *
   * @default - nobody is told
   */
  readonly watchedKey: WatchedKey | undefined;
  /** Who gets the messages of alarms, by how urgent they are. */
  readonly addresses: AlarmAddresses;
  /**
   * Where people find the runbook; the name of an alarm's section is added to it.
   *
   * @default - its path in the repository, which says where to look and cannot be clicked
   */
  readonly runbookUrl: string | undefined;
}

const runbookPath = 'docs/operations.md';

/** Tells people when something is wrong, how urgent it is, what it breaks and what to do; and a dashboard to look at. */
export class Monitoring extends Construct {
  /** Where the dashboard is in the console. */
  readonly dashboardUrl: string;
  /** ARN of the topic of alarms that need somebody now. */
  readonly pageTopicArn: string;
  /** ARN of the topic of alarms that can wait for the next working day. */
  readonly ticketTopicArn: string;

  constructor(
    scope: Construct,
    id: string,
    { watched, watchedKey, addresses, runbookUrl = runbookPath }: MonitoringProps,
  ) {
    super(scope, id);
    const { stageName } = watched;
    const topics = new AlarmTopics(this, 'Topics', { stageName, addresses });
    const definitions = [...pageAlarms(watched), ...ticketAlarms(watched)];
    const alarms = definitions.map(
      (definition) => new OperatorAlarm(this, { stageName, runbookUrl, topics }, definition),
    );
    this.dashboardUrl = new ServiceDashboard(this, 'Dashboard', watched, alarms).url;
    if (watchedKey !== undefined) new KeyReads(this, 'KeyReads', { topics, runbookUrl, ...watchedKey });
    this.pageTopicArn = topics.of('page').topicArn;
    this.ticketTopicArn = topics.of('ticket').topicArn;
  }
}
