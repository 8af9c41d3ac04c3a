import { App, Stack } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import example from '../../infra/config/stages/example.ts';
import { enforceSecurityRules } from '../../infra/security-rules.ts';
import { appContext } from './support/app-context.ts';
import { exampleSettings } from './support/example-settings.ts';
import { createApp } from './support/synthesize.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

function synthesizeWithRules(app: App): void {
  enforceSecurityRules(app);
  app.synth();
}

describe('the rules of AwsSolutions and Serverless', () => {
  it.each([
    ['protected', { ...exampleSettings, removalProtection: true }],
    ['not protected', { ...exampleSettings, removalProtection: false }],
    [
      'with people who are told',
      {
        ...exampleSettings,
        alarmAddresses: { page: ['on-call@example.com'], ticket: ['team@example.com'] },
        watchSigningKeyReads: true,
      },
    ],
    ['the example', example],
  ])('find nothing that was not acknowledged: %s', (_name, settings) => {
    const app = createApp({ test: settings });
    expect(() => synthesizeWithRules(app)).not.toThrow();
  });

  it.each<[string, string, (stack: Construct) => void]>([
    ['an error of the one', 'AwsSolutions-SQS4', (stack) => new Queue(stack, 'Queue')],
    ['an error of the other', 'Serverless-SQSRedrivePolicy', (stack) => new Queue(stack, 'Queue')],
    [
      'a warning',
      'Serverless-CloudWatchLogGroupRetentionPeriod',
      (stack) => new CfnLogGroup(stack, 'LogGroup'),
    ],
  ])('do fail a synthesis, by %s', (_kind, rule, breakRule) => {
    const app = new App({ context: appContext(), outdir: temporaryFolder() });
    breakRule(new Stack(app, 'Faulty'));
    expect(() => synthesizeWithRules(app)).toThrow(rule);
  });
});
