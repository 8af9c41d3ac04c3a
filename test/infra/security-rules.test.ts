import { globSync, readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import example from '../../infra/config/stages/example.ts';
import { enforceSecurityRules } from '../../infra/security-rules.ts';
import { appContext } from './support/app-context.ts';
import { Checkout, stageSource } from './support/checkout.ts';
import { exampleSettings } from './support/example-settings.ts';
import { createApp } from './support/synthesize.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

function synthesizeWithRules(app: App): void {
  enforceSecurityRules(app);
  app.synth();
}

const everything = {
  ...exampleSettings,
  alarmAddresses: { page: ['on-call@example.com'], ticket: ['team@example.com'] },
  watchSigningKeyReads: true,
};

describe('the rules of AwsSolutions and Serverless', () => {
  it.each([
    ['protected', { ...exampleSettings, removalProtection: true }],
    ['not protected', { ...exampleSettings, removalProtection: false }],
    ['with people who are told', everything],
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

/** Every place in the sources of the stack that says why a rule does not hold there. */
const acknowledgements = globSync('infra/**/*.ts').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/id: '((?:AwsSolutions|Serverless)-\w+)'/g)].map(
    ([, rule = '']) => ({
      file,
      rule,
    }),
  ),
);

it('each acknowledgement is needed: without them a synthesis fails and names every rule', async () => {
  const checkout = new Checkout(temporaryFolder(), { all: stageSource(everything) });
  for (const { file, rule } of acknowledgements) {
    checkout.edit(file, (source) => source.replace(`'${rule}'`, `'${rule}-of-none'`));
  }
  const { exitCode, stdout, stderr } = await checkout.synthesize('all');
  expect(exitCode).not.toBe(0);
  expect(acknowledgements.length).toBeGreaterThan(5);
  const told = `${stdout}${stderr}`;
  for (const { rule } of acknowledgements) expect(told).toMatch(new RegExp(`${rule}(?!-of-none)`));
});
