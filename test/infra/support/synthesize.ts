import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseStage } from '../../../infra/config/parse-stage.ts';
import type { StageSettings } from '../../../infra/config/stage.ts';
import { functionNames } from '../../../infra/function-names.ts';
import { GridBuyerStack } from '../../../infra/grid-buyer-stack.ts';
import { appContext } from './app-context.ts';
import { exampleSettings } from './example-settings.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Synthesized {
  readonly stack: GridBuyerStack;
  readonly template: Template;
}

/** An app with one stack per stage. The bundles are empty: what is in them is the matter of other tests. */
export function createApp(stages: Readonly<Record<string, StageSettings>>): App {
  const folder = temporaryFolder();
  const bundlesFolder = join(folder, 'bundles');
  for (const name of functionNames) {
    mkdirSync(join(bundlesFolder, name), { recursive: true });
    writeFileSync(join(bundlesFolder, name, 'index.mjs'), `// ${name}\n`);
  }
  const app = new App({ context: appContext(), outdir: join(folder, 'cdk.out') });
  for (const [name, settings] of Object.entries(stages)) {
    new GridBuyerStack(app, { stage: parseStage(name, settings), bundlesFolder });
  }
  return app;
}

/** The stacks of these stages, in one app, with their templates. */
export function synthesizeStages(stages: Readonly<Record<string, StageSettings>>): readonly Synthesized[] {
  const stacks = createApp(stages).node.children.filter((child) => child instanceof GridBuyerStack);
  return stacks.map((stack) => ({ stack, template: Template.fromStack(stack) }));
}

/** The template of a stage `test` with the example's settings but for these. */
export function synthesize(settings: Partial<StageSettings> = {}): Template {
  const [synthesized] = synthesizeStages({ test: { ...exampleSettings, ...settings } });
  if (synthesized === undefined) throw new Error('no stack');
  return synthesized.template;
}
