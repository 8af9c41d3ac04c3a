import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Outcome, runNode } from './run-node.ts';

/** What a synthesis needs of the project. */
const parts = ['package.json', 'infra', 'functions', 'shared'];

/** A copy of the project that has these stages and no others. */
export class Checkout {
  readonly folder: string;

  /**
   * @param folder an empty one
   * @param stages source of `infra/config/stages/<name>.ts` by name
   */
  constructor(folder: string, stages: Readonly<Record<string, string>>) {
    this.folder = folder;
    const stagesFolder = resolve('infra/config/stages');
    for (const part of parts) {
      cpSync(part, join(folder, part), {
        recursive: true,
        filter: (source) => resolve(source) !== stagesFolder,
      });
    }
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'infra/config/stages'));
    for (const [name, source] of Object.entries(stages)) {
      writeFileSync(join(folder, 'infra/config/stages', `${name}.ts`), source);
    }
  }

  /** Changes a source of the copy. */
  edit(path: string, change: (source: string) => string): void {
    const file = join(this.folder, path);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }

  /** Where the synthesis puts what is to be deployed. */
  get assembly(): string {
    return join(this.folder, 'cdk.out');
  }

  /** Runs the app as the CDK does for `-c stage=<chosen>`. */
  synthesize(chosen: string): Promise<Outcome> {
    return runNode([join(this.folder, 'infra/app.ts')], {
      CDK_CONTEXT_JSON: JSON.stringify({ stage: chosen }),
      CDK_OUTDIR: this.assembly,
      CDK_VALIDATION: 'false',
    });
  }
}

/** Source of a stage's file with these settings. */
export function stageSource(settings: unknown): string {
  return `export default ${JSON.stringify(settings)};\n`;
}
