import { App, Stack, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { appContext } from './support/app-context.ts';
import { exampleSettings } from './support/example-settings.ts';
import { createApp } from './support/synthesize.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const emptyFolder = temporaryFolder();

function synthesizeWithRules(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}

describe('the rules of AwsSolutions', () => {
  it.each([true, false])('find nothing that was not acknowledged (protection %s)', (removalProtection) => {
    const app = createApp({ test: { ...exampleSettings, removalProtection } });
    expect(() => synthesizeWithRules(app)).not.toThrow();
  });

  it('do fail a synthesis', () => {
    const app = new App({ context: appContext(), outdir: emptyFolder });
    new Queue(new Stack(app, 'Faulty'), 'Queue');
    expect(() => synthesizeWithRules(app)).toThrow(/AwsSolutions-SQS4/);
  });
});
