import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { bundleFunctions } from './bundling/bundle-functions.ts';
import { loadStage } from './config/load-stage.ts';
import { StageError } from './config/stage-error.ts';
import { GridBuyerStack } from './grid-buyer-stack.ts';
import { enforceSecurityRules } from './security-rules.ts';

const projectFolder = join(import.meta.dirname, '..');
const bundlesFolder = join(projectFolder, '.local', 'bundles');

/** Synthesizes the stage that `-c stage=NAME` chooses, by default `example`. */
async function synthesize(): Promise<void> {
  const app = new App();
  const chosen: unknown = app.node.tryGetContext('stage') ?? 'example';
  const stage = await loadStage(String(chosen));
  await bundleFunctions({ functionsFolder: join(projectFolder, 'functions'), outputFolder: bundlesFolder });
  new GridBuyerStack(app, { stage, bundlesFolder });
  enforceSecurityRules(app);
  app.synth();
}

try {
  await synthesize();
} catch (error) {
  if (!(error instanceof StageError)) throw error;
  // The message is for the person who wrote the settings; a stack trace would only hide it.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
