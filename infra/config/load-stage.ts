import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import * as v from 'valibot';
import { parseStage } from './parse-stage.ts';
import type { Stage } from './stage.ts';
import { StageError } from './stage-error.ts';

const stagesFolder = new URL('./stages/', import.meta.url);

/** Names of the stages that have a file in `infra/config/stages`. */
export function stageNames(): readonly string[] {
  return readdirSync(stagesFolder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
    .toSorted();
}

/**
 * Loads the stage whose settings are the default export of `infra/config/stages/<name>.ts`.
 *
 * @throws StageError when there is no such file or its settings are wrong
 */
export async function loadStage(name: string): Promise<Stage> {
  if (!stageNames().includes(name)) {
    throw new StageError(`There is no stage ${JSON.stringify(name)}`, [
      `choose one with -c stage=NAME: ${stageNames().join(', ')}`,
      'or add infra/config/stages/NAME.ts',
    ]);
  }
  const file: unknown = await import(new URL(`${name}.ts`, stagesFolder).href);
  return parseStage(name, v.parse(v.object({ default: v.unknown() }), file).default);
}
