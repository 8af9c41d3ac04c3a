import { announcementPath, findAnnounced } from '../../local/service/announcement.ts';
import { Failure } from '../failure.ts';
import type { Target } from './target.ts';

/**
 * Where the command is about: what `--local` or `--stage` says, else the local stack if one runs.
 *
 * @throws Failure if neither is there
 */
export async function findTarget(
  options: Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv,
): Promise<Target> {
  const { local } = options;
  const named = textOf(options['stage']);
  const stage = named ?? environment['GRID_BUYER_STAGE'];
  if (local === true && named !== undefined) {
    throw new Failure('usage', '--local and --stage exclude each other.');
  }
  if (local !== true && stage !== undefined) {
    const { openStage } = await import('./stage-target.ts');
    return openStage(stage, { region: textOf(options['region']), profile: textOf(options['profile']) });
  }
  const running = findAnnounced(announcementPath(environment));
  if (running !== undefined) {
    const { openLocal } = await import('./local-target.ts');
    return openLocal(running);
  }
  throw new Failure(
    'not-found',
    local === true ? 'No local stack runs.' : 'It is not clear which grid-buyer is meant.',
    {
      code: 'no-target',
      ...(local === true ? {} : { why: 'No local stack runs, and no stage was named.' }),
      todo: 'Start one with npm start, or name a deployed stage with --stage NAME (or GRID_BUYER_STAGE).',
    },
  );
}

function textOf(option: unknown): string | undefined {
  return typeof option === 'string' ? option : undefined;
}
