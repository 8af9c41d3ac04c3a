import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { bundleFunctions } from './bundling/bundle-functions.ts';
import { loadStages } from './config/load-stages.ts';
import { StageError } from './config/stage-error.ts';
import { GridBuyerStack } from './grid-buyer-stack.ts';
import { enforceSecurityRules } from './security-rules.ts';

const projectFolder = join(import.meta.dirname, '..');
const bundlesFolder = join(projectFolder, '.local', 'bundles');

/**
 * Synthesizes the stages that `-c stage=NAME,NAME` chooses, by default `example`: a stack each, all of the same bundles.
 * None of them is synthesized if one has wrong settings.
 */
async function synthesize(): Promise<void> {
  const app = new App();
  const chosen: unknown = app.node.tryGetContext('stage') ?? 'example';
  const stages = await loadStages(String(chosen));
  await bundleFunctions({ functionsFolder: join(projectFolder, 'functions'), outputFolder: bundlesFolder });
  for (const stage of stages) new GridBuyerStack(app, { stage, bundlesFolder });
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
