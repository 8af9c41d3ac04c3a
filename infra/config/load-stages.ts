import { loadStage } from './load-stage.ts';
import type { Stage } from './stage.ts';
import { StageError } from './stage-error.ts';

/**
 * Loads the stages that `-c stage=NAME,NAME` names, in this order.
 *
 * @param chosen names with commas between them
 * @throws StageError with everything that is wrong with any of them
 */
export async function loadStages(chosen: string): Promise<readonly Stage[]> {
  const names = chosen.split(',').map((name) => name.trim());
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) {
    throw new StageError('The stages cannot be chosen', [
      `-c stage=${chosen} names ${[...new Set(twice)].map((name) => JSON.stringify(name)).join(', ')} twice`,
    ]);
  }
  const stages: Stage[] = [];
  const refusals: StageError[] = [];
  for (const name of names) {
    try {
      stages.push(await loadStage(name));
    } catch (error) {
      if (!(error instanceof StageError)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw StageError.ofAll(refusals);
  return stages;
}
