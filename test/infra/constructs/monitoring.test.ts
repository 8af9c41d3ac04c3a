import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { functionNames } from '../../../infra/function-names.ts';
import { alarmsOf, type TemplateAlarm } from '../support/alarms.ts';
import { toppedUpInstrument } from '../support/example-settings.ts';
import { resourceOf, resources } from '../support/resources.ts';
import { synthesize } from '../support/synthesize.ts';

const toppedUp = { instruments: [toppedUpInstrument] };
const template = synthesize(toppedUp);
const alarms = alarmsOf(template);

function alarm(id: string, among = alarms): TemplateAlarm {
  const found = among.filter((one) => one.id === id);
  if (found.length !== 1) throw new Error(`${found.length} alarms are called ${id}`);
  return found[0] as TemplateAlarm;
}

const functionIds = functionNames.map((name) => name.replaceAll('-', ''));

describe('the alarms', () => {
  const pages = [
    ['NoCheckCompletes', 'FILL(completed, 0) of CheckCompleted', 'Sum of 60 s', '< 1', 15, 'breaching'],
    ['BreakerOpen', 'BreakerOpen', 'Maximum of 60 s', '>= 1', 1, 'ignore'],
    [
      'ChecksNotDelivered',
      'ApproximateNumberOfMessagesVisible',
      'Maximum of 60 s',
      '>= 1',
      1,
      'notBreaching',
    ],
    ['ChecksNotRun', 'ApproximateNumberOfMessagesVisible', 'Maximum of 60 s', '>= 1', 1, 'notBreaching'],
    ['OrderUnclear', 'UnclearOrders', 'Maximum of 60 s', '>= 1', 1, 'ignore'],
    ['CheckFailschatprime', 'CheckFailed', 'Minimum of 60 s', '>= 1', 5, 'ignore'],
    ['TopUpBlockedchatprime', 'TopUpBlocked', 'Minimum of 60 s', '>= 1', 15, 'ignore'],
    ['BudgetNearlyUsedday', 'BudgetUsedPercent', 'Maximum of 60 s', '> 90', 1, 'ignore'],
    ['BudgetNearlyUsedmonth', 'BudgetUsedPercent', 'Maximum of 60 s', '> 90', 1, 'ignore'],
  ] as const;
  const tickets = [
    ['OrdersRefused', 'OrderRefused', 'Average of 3600 s', '> 0.2', 1, 'notBreaching'],
    ['OrderAbandoned', 'OrdersAbandoned', 'Sum of 3600 s', '>= 1', 1, 'ignore'],
    ['BudgetMostlySpent', 'BudgetSpentPercent', 'Maximum of 60 s', '> 70', 1, 'ignore'],
    ['OrdersNotCompared', 'AuditIncomplete', 'Minimum of 60 s', '>= 1', 3, 'ignore'],
    ['ClockOff', 'ClockSkewMs', 'Minimum of 60 s', '> 5000', 3, 'ignore'],
    ['UnitsInTradingchatprime', 'UnitsInTrading', 'Minimum of 60 s', '> 0', 30, 'ignore'],
    ['TransferUnclear', 'UnclearTransfers', 'Maximum of 3600 s', '>= 1', 1, 'ignore'],
    ['ApiServerErrors', '5xx', 'Sum of 900 s', '>= 5', 1, 'notBreaching'],
    ...functionIds.flatMap((name) => [
      [`FunctionErrors${name}`, 'Errors', 'Sum of 300 s', '>= 1', 1, 'notBreaching'] as const,
      [`FunctionThrottled${name}`, 'Throttles', 'Sum of 300 s', '>= 1', 1, 'notBreaching'] as const,
    ]),
  ] as const;

  it.each(pages)('%s pages', (id, watches, statistic, condition, periods, missingData) => {
    expect(alarm(id)).toMatchObject({ watches, statistic, condition, periods, missingData });
    expect(alarm(id).actions).toEqual({ alarm: ['Pages'], ok: ['Pages'] });
  });

  it.each(tickets)('%s makes a ticket', (id, watches, statistic, condition, periods, missingData) => {
    expect(alarm(id)).toMatchObject({ watches, statistic, condition, periods, missingData });
    expect(alarm(id).actions).toEqual({ alarm: ['Tickets'], ok: [] });
  });

  it('are these and no others, so that none goes untested', () => {
    expect(alarms.map(({ id }) => id).toSorted()).toEqual(
      [...pages, ...tickets].map(([id]) => id).toSorted(),
    );
  });

  it.each(alarms.map(({ id }) => id))('%s says what happened, what it breaks, and where to read on', (id) => {
    expect(alarm(id).description).toMatch(
      /^[A-Z].{20,}\. [A-Z].{10,}\. Runbook: docs\/operations\.md#[a-z-]+$/,
    );
  });

  it('watch the queues of failed checks, each its own', () => {
    const queueOf = (id: string) => alarm(id).dimensions['QueueName'];
    expect(queueOf('ChecksNotDelivered')).toEqual({
      'Fn::GetAtt': [
        resourceOf(template, 'AWS::SQS::Queue', 'BalanceChecksUndelivered').logicalId,
        'QueueName',
      ],
    });
    expect(queueOf('ChecksNotRun')).toEqual({
      'Fn::GetAtt': [resourceOf(template, 'AWS::SQS::Queue', 'BalanceChecksFailed').logicalId, 'QueueName'],
    });
  });

  it('watch every function there is', () => {
    const all = resources(template, 'AWS::Lambda::Function').map(({ logicalId }) => ({ Ref: logicalId }));
    for (const kind of ['FunctionErrors', 'FunctionThrottled']) {
      const watched = alarms.filter(({ id }) => id.startsWith(kind));
      expect(watched.map(({ dimensions }) => dimensions['FunctionName'])).toEqual(all);
    }
  });
});

describe('the heartbeat (row 36 of the fault matrix)', () => {
  it('fires when there is no data at all: gaps are zeroes, zero is too few, and nothing is trouble too', () => {
    expect(alarm('NoCheckCompletes')).toMatchObject({
      watches: 'FILL(completed, 0) of CheckCompleted',
      condition: '< 1',
      missingData: 'breaching',
    });
  });

  it.each([
    [1, 15],
    [5, 15],
    [10, 30],
    [60, 180],
  ])('waits, with a check every %i minutes, for %i minutes', (checkEveryMinutes, minutes) => {
    const [heartbeat] = alarmsOf(synthesize({ checkEveryMinutes })).filter(
      ({ id }) => id === 'NoCheckCompletes',
    );
    expect(heartbeat).toMatchObject({ periods: minutes, statistic: 'Sum of 60 s' });
    expect(heartbeat?.description).toContain(`${minutes} minutes`);
  });
});

describe('a stage that checks rarely', () => {
  const rare = alarmsOf(synthesize({ ...toppedUp, checkEveryMinutes: 20 }));

  it.each([
    ['CheckFailschatprime', 5],
    ['TopUpBlockedchatprime', 3],
    ['OrdersNotCompared', 3],
    ['ClockOff', 3],
    ['UnitsInTradingchatprime', 2],
  ])('%s counts %i checks, not minutes without one', (id, periods) => {
    expect(alarm(id, rare)).toMatchObject({ periods, statistic: expect.stringMatching(/of 1200 s$/) });
  });
});

describe('several stages and instruments', () => {
  it('every alarm on a metric of ours watches its own stage only', () => {
    const own = alarms.filter(({ namespace }) => namespace === 'GridBuyer');
    expect(own.map(({ dimensions }) => dimensions['stage'])).toEqual(own.map(() => 'test'));
    expect(own.length).toBeGreaterThan(10);
  });

  it('watches what is topped up, and not what is bought by callers only', () => {
    const both = alarmsOf(
      synthesize({
        instruments: [
          toppedUpInstrument,
          { ...toppedUpInstrument, symbol: 'chat-fast', marketId: 'market_2' },
          { ...toppedUpInstrument, symbol: 'by-hand', marketId: 'market_3', topUp: undefined },
        ],
      }),
    );
    const watched = both.filter(({ id }) => id.startsWith('CheckFails')).map(({ dimensions }) => dimensions);
    expect(watched).toEqual([
      { stage: 'test', instrument: 'chat-prime' },
      { stage: 'test', instrument: 'chat-fast' },
    ]);
  });
});

describe('an instrument whose Units are moved from the trading account when they are needed', () => {
  it('has no alarm on Units that wait there, on purpose', () => {
    const moved = { ...toppedUpInstrument, moveFromTrading: true };
    const ids = alarmsOf(synthesize({ instruments: [moved] })).map(({ id }) => id);
    expect(ids).toContain('TransferUnclear');
    expect(ids.filter((id) => id.startsWith('UnitsInTrading'))).toEqual([]);
  });
});

describe('the dashboard', () => {
  /** Its body is text around references; what is between them does not matter here. */
  const bodyOf = (of: typeof template): string => {
    const { Properties } = resourceOf(of, 'AWS::CloudWatch::Dashboard');
    const join = v.object({ 'Fn::Join': v.tuple([v.literal(''), v.array(v.unknown())]) });
    const [, parts] = v.parse(join, Properties['DashboardBody'])['Fn::Join'];
    return parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  };

  it('shows all alarms, Units, top-ups, spending, orders and checks', () => {
    const body = bodyOf(template);
    const widget = v.object({
      properties: v.looseObject({ title: v.string(), alarms: v.optional(v.array(v.string())) }),
    });
    const { widgets } = v.parse(v.object({ widgets: v.array(widget) }), JSON.parse(body));
    expect(widgets.map(({ properties }) => properties.title)).toEqual([
      'Alarms',
      'Usable Units',
      'Top-ups an hour',
      'Budget used and spent, %',
      'Orders',
      'Checks an hour',
      'Stopped',
    ]);
    expect(widgets[0]?.properties.alarms).toHaveLength(alarms.length);
  });

  it('has no graph of nothing, which CloudWatch would refuse, where nothing is topped up', () => {
    expect(bodyOf(synthesize())).not.toContain('Usable Units');
    expect(bodyOf(synthesize())).not.toContain('"metrics":[]');
  });
});
