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
  return parseStage(name, await settingsIn(name));
}

/** What a stage's file exports as its default; undefined if there is nothing. */
async function settingsIn(name: string): Promise<unknown> {
  const file = `infra/config/stages/${name}.ts`;
  try {
    const loaded: unknown = await import(new URL(`${name}.ts`, stagesFolder).href);
    return v.parse(v.object({ default: v.optional(v.unknown()) }), loaded).default;
  } catch (error) {
    // The file is the reader's own: what is wrong with its code is as much theirs as a wrong value.
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'no reason is given';
    throw new StageError(`Stage ${JSON.stringify(name)} cannot be deployed`, [
      `${file} cannot be loaded: ${reason}`,
    ]);
  }
}
