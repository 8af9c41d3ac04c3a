import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseStage } from '../../../infra/config/parse-stage.ts';
import { StageError } from '../../../infra/config/stage-error.ts';
import { exchangeDialectSchema } from '../../../shared/configuration/exchange-dialect.ts';
import { instrumentsSchema } from '../../../shared/configuration/instruments.ts';
import { exampleSettings } from '../support/example-settings.ts';

const [instrument] = exampleSettings.instruments;
const many = Array.from({ length: 30 }, (_, index) => ({
  ...instrument,
  symbol: `chat-${index}`,
  marketId: `market_${index}`,
}));
const manyRoles = Array.from({ length: 70 }, (_, index) => `arn:aws:iam::111122223333:role/on-call-${index}`);
const exchangeDefaults = { url: 'https://trading.api.thegrid.ai', pathPrefix: '/api/v1/trading' };

describe('settings that are right', () => {
  it('are filled up with the defaults', () => {
    expect(parseStage('trial', exampleSettings)).toEqual({
      name: 'trial',
      exchange: { ...exchangeDefaults, dialect: v.parse(exchangeDialectSchema, {}) },
      instruments: v.parse(instrumentsSchema, exampleSettings.instruments),
      spendingLimits: { perOrder: '50.00', perDay: '200.00', perMonth: '2000.00', ordersPerHour: 60 },
      keyAdministrators: [],
      readers: [],
      checkEveryMinutes: 1,
      throttling: { ratePerSecond: 5, burst: 10 },
      alarmAddresses: { page: [], ticket: [] },
      watchSigningKeyReads: false,
      logRetentionDays: 90,
      removalProtection: true,
    });
  });

  it('keep what they say, with the defaults around it', () => {
    const stage = parseStage('trial', {
      ...exampleSettings,
      exchange: { url: 'https://trading.api.staging.thegrid.ai' },
      throttling: { burst: 3 },
    });
    expect(stage.exchange).toMatchObject({
      ...exchangeDefaults,
      url: 'https://trading.api.staging.thegrid.ai',
    });
    expect(stage.throttling).toEqual({ ratePerSecond: 5, burst: 3 });
  });
});

describe('settings that are wrong', () => {
  it('are named all at once, each with its path', () => {
    const message = messageOf('Trial!', {
      region: 'Ireland',
      exchange: { url: 'http://trading.api.thegrid.ai/api', pathPrefx: '/' },
      instruments: [
        {
          ...instrument,
          maximumPrice: 2.5,
          topUp: { policy: 'threshold', minimumUnits: 0, limitPrice: '2.50' },
        },
      ],
      logRetentionDays: 31,
      checkEveryMinutes: 0.5,
    });
    expect(message.split('\n')).toEqual([
      'Stage "Trial!" cannot be deployed:',
      '  - name: must be 2 to 20 lower-case letters, digits and hyphens',
      '  - region: must be a region such as "eu-west-1"',
      '  - exchange.url: must be an https origin such as "https://trading.api.thegrid.ai", without a path',
      '  - exchange.pathPrefx: is not a setting',
      '  - instruments.0.maximumPrice: must be a decimal string such as "2.50"',
      '  - instruments.0.topUp.minimumUnits: must be at least 1',
      '  - instruments.0.topUp.quantity: is missing',
      '  - checkEveryMinutes: must be a whole number from 1 to 60',
      '  - logRetentionDays: must be a period that CloudWatch Logs knows, such as 30, 90 or 365',
    ]);
  });

  it.each([
    ['account', { account: '1234' }, 'must be 12 digits'],
    ['instruments', { instruments: [] }, 'must name at least one instrument'],
    [
      'instruments',
      { instruments: [instrument, { ...instrument, marketId: 'market_2' }] },
      'names a symbol twice',
    ],
    ['instruments', { instruments: many }, 'take more than 3000 characters'],
    ['readers.0', { readers: ['arn:aws:iam::111122223333:user/me'] }, 'must be the ARN of a role'],
    ['keyAdministrators.0', { keyAdministrators: ['KeyKeeper'] }, 'must be the ARN of a role'],
    ['readers', { readers: 'on-call' }, 'must be a list of ARNs of roles'],
    ['readers', { readers: manyRoles }, 'take more characters as JSON than the instruments leave'],
    ['throttling.burst', { throttling: { burst: 0 } }, 'must be a whole number from 1 to 1000'],
    ['exchange.url', { exchange: { url: 'https://key@trading.api.thegrid.ai' } }, 'must be an https origin'],
    ['exchange.pathPrefix', { exchange: { pathPrefix: '/api/' } }, 'without a slash at its end'],
    ['logRetentionDays', { logRetentionDays: 9999 }, 'must be a period that CloudWatch Logs knows'],
    ['alarmAddresses.page.0', { alarmAddresses: { page: ['on call'] } }, 'must be an e-mail address'],
    ['alarmAddresses.page', { alarmAddresses: { page: 'on@call.example' } }, 'a list of e-mail addresses'],
    ['alarmAddresses.pager', { alarmAddresses: { pager: [] } }, 'is not a setting'],
    ['runbookUrl', { runbookUrl: 'docs' }, 'must be an https address'],
    ['runbookUrl', { runbookUrl: 'https://wiki.example/runbook#pages' }, 'must not name a section'],
    ['watchSigningKeyReads', { watchSigningKeyReads: 'yes' }, 'must be true or false'],
    [
      'restoredTable',
      { restoredTable: 'arn:aws:dynamodb:eu-west-1:1:table/x' },
      'must be the name of a table',
    ],
    ['removalProtection', { removalProtection: 'no' }, 'must be true or false'],
    ['maximumSpend', { maximumSpend: '100' }, 'is not a setting'],
  ])('%s: %o', (path, settings, problem) => {
    const [, ...problems] = messageOf('trial', { ...exampleSettings, ...settings }).split('\n');
    expect(problems).toEqual([expect.stringContaining(`- ${path}: `)]);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it.each([undefined, null, 'chat-prime', []])('%o', (settings) => {
    expect(() => parseStage('trial', settings)).toThrow(StageError);
  });
});

function messageOf(name: string, settings: unknown): string {
  try {
    parseStage(name, settings);
  } catch (error) {
    if (error instanceof StageError) return error.message;
  }
  throw new Error('the settings were accepted');
}
