import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { resourceOf, resources } from '../support/resources.ts';
import { synthesize } from '../support/synthesize.ts';

const statements = v.array(
  v.looseObject({
    Effect: v.string(),
    Action: v.unknown(),
    Principal: v.unknown(),
    Resource: v.unknown(),
    Condition: v.optional(v.unknown()),
  }),
);
const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
const template = synthesize();
const topics = resources(template, 'AWS::SNS::Topic');

describe('the topics of alarms', () => {
  it('are one for pages and one for tickets, which say so and name the stage', () => {
    expect(topics.map(({ Properties }) => Properties['DisplayName'])).toEqual([
      'grid-buyer test: page',
      'grid-buyer test: ticket',
    ]);
  });

  it.each(topics)(
    '$logicalId refuses connections without TLS and takes messages of alarms of this account only',
    ({ logicalId }) => {
      const [policy] = resources(template, 'AWS::SNS::TopicPolicy').filter(({ Properties }) =>
        JSON.stringify(Properties['Topics']).includes(`"${logicalId}"`),
      );
      const schema = v.object({ PolicyDocument: v.object({ Statement: statements }) });
      const { Statement } = v.parse(schema, policy?.Properties).PolicyDocument;
      expect(Statement).toMatchObject([
        { Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        { Effect: 'Allow', Action: 'sns:Publish', Principal: cloudWatch, Resource: { Ref: logicalId } },
      ]);
      const condition = JSON.stringify(Statement[1]?.Condition);
      expect(condition).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
      expect(condition).toMatch(/"aws:SourceArn":.*:alarm:\*/);
    },
  );

  it('are encrypted with a key that alarms may use, or their messages would be dropped silently', () => {
    const key = resourceOf(template, 'AWS::KMS::Key', 'MonitoringTopics');
    for (const { Properties } of topics) {
      expect(Properties['KmsMasterKeyId']).toEqual({ 'Fn::GetAtt': [key.logicalId, 'Arn'] });
    }
    expect(key.Properties['EnableKeyRotation']).toBe(true);
    const { Statement } = v.parse(v.object({ Statement: statements }), key.Properties['KeyPolicy']);
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Principal: cloudWatch,
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      }),
    );
  });

  it('have no subscriber unless the stage names one', () => {
    expect(resources(template, 'AWS::SNS::Subscription')).toEqual([]);
  });

  it('have the subscribers that the stage names for each, and no others', () => {
    const alarmAddresses = {
      page: ['on-call@example.com', 'lead@example.com'],
      ticket: ['team@example.com'],
    };
    const subscriptions = resources(synthesize({ alarmAddresses }), 'AWS::SNS::Subscription');
    const [pages, tickets] = topics.map(({ logicalId }) => ({ Ref: logicalId }));
    expect(subscriptions.map(({ Properties }) => Properties)).toEqual([
      { Protocol: 'email', Endpoint: 'on-call@example.com', TopicArn: pages },
      { Protocol: 'email', Endpoint: 'lead@example.com', TopicArn: pages },
      { Protocol: 'email', Endpoint: 'team@example.com', TopicArn: tickets },
    ]);
  });
});
