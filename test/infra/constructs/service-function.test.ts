import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../../../shared/configuration/environment-names.ts';
import { exchangeDialectSchema } from '../../../shared/configuration/exchange-dialect.ts';
import { instrumentsSchema } from '../../../shared/configuration/instruments.ts';
import { spendingLimitsSchema } from '../../../shared/configuration/spending-limits.ts';
import { exampleSettings } from '../support/example-settings.ts';
import { resourceOf, resources } from '../support/resources.ts';
import { synthesize } from '../support/synthesize.ts';

const type = 'AWS::Lambda::Function';
const dialect = { balanceBasis: 'total' } as const;
const readers = ['arn:aws:iam::111122223333:role/team/on-call'];
const template = synthesize({ exchange: { dialect }, readers });

describe.each([
  { id: 'PlaceOrder', name: 'place-order', timeout: 25 },
  { id: 'ReadOrders', name: 'read-orders', timeout: 25 },
  { id: 'CancelOrder', name: 'cancel-order', timeout: 25 },
  { id: 'ReadBalances', name: 'read-balances', timeout: 25 },
  { id: 'CheckBalances', name: 'check-balances', timeout: 90 },
  { id: 'Stop', name: 'stop', timeout: 25 },
  { id: 'MakeReservation', name: 'make-reservation', timeout: 25 },
  { id: 'ReadReservations', name: 'read-reservations', timeout: 25 },
  { id: 'CancelReservation', name: 'cancel-reservation', timeout: 25 },
  { id: 'ReadDecisions', name: 'read-decisions', timeout: 25 },
  { id: 'ReadStatus', name: 'read-status', timeout: 25 },
  { id: 'CheckNow', name: 'check-now', timeout: 25 },
  { id: 'AnswerUnknown', name: 'answer-unknown', timeout: 25 },
  { id: 'PromoteKey', name: 'promote-key', timeout: 25 },
])('$name', ({ id, name, timeout }) => {
  const { Properties } = resourceOf(template, type, `${id}Function`);

  it('runs on Node 24 and ARM64, with 512 MB, for a bounded time', () => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 512,
      Timeout: timeout,
    });
  });

  it('writes JSON to a log group of its own', () => {
    const logs = resourceOf(template, 'AWS::Logs::LogGroup', `${id}Logs`);
    expect(Properties['LoggingConfig']).toEqual({ LogFormat: 'JSON', LogGroup: { Ref: logs.logicalId } });
  });

  it('is given every setting it may read', () => {
    expect(Properties['Environment']).toEqual({
      Variables: {
        [environmentNames.stage]: 'test',
        [environmentNames.tableName]: { Ref: resourceOf(template, 'AWS::DynamoDB::GlobalTable').logicalId },
        [environmentNames.signingKeySecretArn]: {
          Ref: resourceOf(template, 'AWS::SecretsManager::Secret').logicalId,
        },
        [environmentNames.exchangeUrl]: 'https://trading.api.thegrid.ai',
        [environmentNames.exchangePathPrefix]: '/api/v1/trading',
        [environmentNames.exchangeDialect]: JSON.stringify(v.parse(exchangeDialectSchema, dialect)),
        [environmentNames.spendingLimits]: JSON.stringify(v.parse(spendingLimitsSchema, {})),
        [environmentNames.readers]: JSON.stringify(readers),
        [environmentNames.instruments]: JSON.stringify(
          v.parse(instrumentsSchema, exampleSettings.instruments),
        ),
        [environmentNames.serviceName]: name,
      },
    });
  });
});

describe('all functions', () => {
  it('are the fourteen that are tested above', () => {
    expect(resources(template, type)).toHaveLength(14);
  });

  it('know every setting there is a name for', () => {
    const { Properties } = resourceOf(template, type, 'CheckBalances');
    const { Variables } = v.parse(
      v.object({ Variables: v.record(v.string(), v.unknown()) }),
      Properties['Environment'],
    );
    expect(Object.keys(Variables)).toEqual(expect.arrayContaining(Object.values(environmentNames)));
  });

  it('have nothing in their environment that is not a setting or a resource of the stack', () => {
    expect(JSON.stringify(resources(template, type))).not.toContain('resolve:');
  });
});

describe('log groups', () => {
  it('keep their records for as long as the stage says', () => {
    const kept = resources(synthesize({ logRetentionDays: 30 }), 'AWS::Logs::LogGroup');
    expect(kept).toHaveLength(15);
    expect(kept.map(({ Properties }) => Properties['RetentionInDays'])).toEqual(kept.map(() => 30));
  });
});
