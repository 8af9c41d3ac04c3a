import { describe, expect, it } from 'vitest';
import { alarmCatalogue } from '../../../infra/constructs/monitoring/alarm-catalogue.ts';
import { functionNames } from '../../../infra/function-names.ts';
import { alarmsOf, type TemplateAlarm } from '../support/alarms.ts';
import { toppedUpInstrument } from '../support/example-settings.ts';
import { resourceOf, resources } from '../support/resources.ts';
import { synthesize, synthesizeStages } from '../support/synthesize.ts';

const toppedUp = { instruments: [toppedUpInstrument] };
const template = synthesize(toppedUp);
const alarms = alarmsOf(template);

function alarm(id: string, among = alarms): TemplateAlarm {
  const found = among.filter((one) => one.id === id);
  if (found.length !== 1) throw new Error(`${found.length} alarms are called ${id}`);
  return found[0] as TemplateAlarm;
}

describe('the alarms', () => {
  const pages = [
    ['no-check-completes', 'FILL(completed, 0) of CheckCompleted', 'Sum of 60 s', '< 1', 13, 'breaching'],
    ['breaker-open', 'BreakerOpen', 'Maximum of 60 s', '>= 1', 1, 'ignore'],
    [
      'checks-not-delivered',
      'ApproximateNumberOfMessagesVisible',
      'Maximum of 60 s',
      '>= 1',
      1,
      'notBreaching',
    ],
    ['checks-not-run', 'ApproximateNumberOfMessagesVisible', 'Maximum of 60 s', '>= 1', 1, 'notBreaching'],
    ['order-unclear', 'UnclearOrders', 'Maximum of 60 s', '>= 1', 1, 'ignore'],
    ['orders-unresolved', 'UnresolvedOrders', 'Maximum of 60 s', '> 2', 1, 'ignore'],
    ['settings-changed', 'SettingsChanged', 'Maximum of 60 s', '>= 1', 1, 'ignore'],
    ['settings-unusable', 'SettingsUnusable', 'Maximum of 60 s', '>= 1', 1, 'ignore'],
    ['check-fails-chat-prime', 'CheckFailed', 'Minimum of 60 s', '>= 1', 5, 'ignore'],
    ['top-up-blocked-chat-prime', 'TopUpBlocked', 'Minimum of 60 s', '>= 1', 15, 'ignore'],
    ['budget-nearly-used-day', 'BudgetUsedPercent', 'Maximum of 60 s', '> 90', 1, 'ignore'],
    ['budget-nearly-used-month', 'BudgetUsedPercent', 'Maximum of 60 s', '> 90', 1, 'ignore'],
  ] as const;
  const tickets = [
    ['orders-refused', 'OrderRefused', 'Average of 3600 s', '> 0.2', 1, 'notBreaching'],
    ['order-abandoned', 'OrdersAbandoned', 'Sum of 3600 s', '>= 1', 1, 'ignore'],
    ['budget-mostly-spent', 'BudgetSpentPercent', 'Maximum of 60 s', '> 70', 1, 'ignore'],
    ['orders-not-compared', 'AuditIncomplete', 'Minimum of 60 s', '>= 1', 3, 'ignore'],
    ['clock-off', 'ClockSkewMs', 'Minimum of 60 s', '> 5000', 3, 'ignore'],
    ['exchange-slow', 'PostDurationMs', 'p99 of 3600 s', '> 5000', 1, 'notBreaching'],
    ['answer-unfamiliar', 'UnfamiliarAnswers', 'Maximum of 3600 s', '>= 1', 1, 'ignore'],
    ['signing-key-old', 'SecretAgeDays', 'Maximum of 3600 s', '> 100', 1, 'ignore'],
    ['units-in-trading-chat-prime', 'UnitsInTrading', 'Minimum of 60 s', '> 0', 30, 'ignore'],
    ['transfer-unclear', 'UnclearTransfers', 'Maximum of 3600 s', '>= 1', 1, 'ignore'],
    ['api-server-errors', '5xx', 'Sum of 900 s', '>= 5', 1, 'notBreaching'],
    ...functionNames.flatMap((name) => [
      [`function-errors-${name}`, 'Errors', 'Sum of 300 s', '>= 1', 1, 'notBreaching'] as const,
      [`function-throttled-${name}`, 'Throttles', 'Sum of 300 s', '>= 1', 1, 'notBreaching'] as const,
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

  it.each(alarms)(
    '$id says how urgent it is, what happened, what it breaks, and where to read on',
    ({ id }) => {
      expect(alarm(id).description).toMatch(
        /^(PAGE|TICKET): [A-Z].{20,}\. [A-Z].{10,}\. Runbook: docs\/operations\.md#[a-z-]+$/,
      );
    },
  );

  it('watch the queues of failed checks, each its own', () => {
    const queueOf = (id: string) => alarm(id).dimensions['QueueName'];
    expect(queueOf('checks-not-delivered')).toEqual({
      'Fn::GetAtt': [
        resourceOf(template, 'AWS::SQS::Queue', 'BalanceChecksUndelivered').logicalId,
        'QueueName',
      ],
    });
    expect(queueOf('checks-not-run')).toEqual({
      'Fn::GetAtt': [resourceOf(template, 'AWS::SQS::Queue', 'BalanceChecksFailed').logicalId, 'QueueName'],
    });
  });

  it('watch every function there is', () => {
    const all = resources(template, 'AWS::Lambda::Function').map(({ logicalId }) => ({ Ref: logicalId }));
    for (const kind of ['function-errors', 'function-throttled']) {
      const watched = alarms.filter(({ id }) => id.startsWith(kind));
      expect(watched.map(({ dimensions }) => dimensions['FunctionName'])).toEqual(all);
    }
  });
});

describe('the heartbeat (row 36 of the fault matrix)', () => {
  it('fires when there is no data at all: gaps are zeroes, zero is too few, and nothing is trouble too', () => {
    expect(alarm('no-check-completes')).toMatchObject({
      watches: 'FILL(completed, 0) of CheckCompleted',
      condition: '< 1',
      missingData: 'breaching',
    });
  });

  it.each([
    [1, 13],
    [5, 15],
    [10, 30],
    [60, 180],
  ])('waits, with a check every %i minutes, for %i minutes', (checkEveryMinutes, minutes) => {
    const [heartbeat] = alarmsOf(synthesize({ checkEveryMinutes })).filter(
      ({ id }) => id === 'no-check-completes',
    );
    expect(heartbeat).toMatchObject({ periods: minutes, statistic: 'Sum of 60 s' });
    expect(heartbeat?.description).toContain(`${minutes} minutes`);
  });
});

describe('a schedule that stops', () => {
  /** The minute after the last completed check in which CloudWatch, which looks once a minute, first sees an alarm. */
  const toldAfter = (checkEveryMinutes: number, lastCheckAtSecond: number): number => {
    const [heartbeat] = alarmsOf(synthesize({ checkEveryMinutes })).filter(
      ({ id }) => id === 'no-check-completes',
    );
    const lastMinute = Math.floor(lastCheckAtSecond / 60);
    const firstLook = lastMinute + 1 + (heartbeat?.periods ?? Number.POSITIVE_INFINITY);
    return firstLook + 1 - lastCheckAtSecond / 60;
  };

  it.each([0, 30, 59])('is told within 15 minutes, whichever second it stops in (%i)', (second) => {
    expect(toldAfter(1, second)).toBeLessThanOrEqual(15);
  });
});

describe('a stage that checks rarely', () => {
  const rare = alarmsOf(synthesize({ ...toppedUp, checkEveryMinutes: 20 }));

  it.each([
    ['check-fails-chat-prime', 5],
    ['top-up-blocked-chat-prime', 3],
    ['orders-not-compared', 3],
    ['clock-off', 3],
    ['units-in-trading-chat-prime', 2],
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
    const watched = both.filter(({ id }) => id.startsWith('check-fails')).map(({ dimensions }) => dimensions);
    expect(watched).toEqual([
      { stage: 'test', instrument: 'chat-prime' },
      { stage: 'test', instrument: 'chat-fast' },
    ]);
  });
});

describe('the names of alarms', () => {
  it('are those of the catalogue, and of what they are about', () => {
    const known = Object.keys(alarmCatalogue);
    for (const { id } of alarms) expect(known.filter((name) => id.startsWith(name))).not.toEqual([]);
  });

  it('do not clash where two stages share an account', () => {
    const names = synthesizeStages({
      trial: { instruments: [toppedUpInstrument] },
      'trial-two': { instruments: [toppedUpInstrument] },
    }).flatMap((stage) => alarmsOf(stage.template).map(({ alarmName }) => alarmName));
    expect(names).toContain('grid-buyer-trial-breaker-open');
    expect(names).toContain('grid-buyer-trial-two-check-fails-chat-prime');
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a stage that says where its runbook is', () => {
  it('has alarms that link to their sections there', () => {
    const runbookUrl = 'https://git.example/team/grid-buyer/blob/main/docs/operations.md';
    const [breaker] = alarmsOf(synthesize({ runbookUrl })).filter(({ id }) => id === 'breaker-open');
    expect(breaker?.description).toMatch(
      / Runbook: https:\/\/git\.example\/.*\/operations\.md#breaker-open$/,
    );
  });
});

describe('an instrument whose Units are moved from the trading account when they are needed', () => {
  it('has no alarm on Units that wait there, on purpose', () => {
    const moved = { ...toppedUpInstrument, moveFromTrading: true };
    const ids = alarmsOf(synthesize({ instruments: [moved] })).map(({ id }) => id);
    expect(ids).toContain('transfer-unclear');
    expect(ids.filter((id) => id.startsWith('units-in-trading'))).toEqual([]);
  });
});
