import * as v from 'valibot';
import { explainIssue } from '../../shared/configuration/problems.ts';
import { type Stage, stageNameSchema, stageSchema } from './stage.ts';
import { StageError } from './stage-error.ts';

/**
 * Checks a stage's settings and fills in the defaults.
 *
 * @throws StageError that names every problem at once, each with the path of its field
 */
export function parseStage(name: string, settings: unknown): Stage {
  const parsedName = v.safeParse(stageNameSchema, name);
  const parsedSettings = v.safeParse(stageSchema, settings);
  if (parsedName.success && parsedSettings.success) {
    return { name: parsedName.output, ...parsedSettings.output };
  }
  const problems = [
    ...(parsedName.issues ?? []).map((issue) => `name: ${issue.message}`),
    ...(parsedSettings.issues ?? []).map(describe),
  ];
  // A value may break several parts of one rule, such as "a whole number" and "from 1".
  throw new StageError(`Stage "${name}" cannot be deployed`, [...new Set(problems)]);
}

function describe(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'settings'}: ${explainIssue(issue)}`;
}
