import type { SecretVersion } from './secret.ts';

const current = 'AWSCURRENT';
const previous = 'AWSPREVIOUS';

/**
 * Moves a stage to a version. A stage is on one version at most.
 * When AWSCURRENT moves, the version that had it becomes AWSPREVIOUS, as the service does by itself.
 *
 * @param targetId the version that gets the stage; undefined takes it away
 */
export function moveStage(
  versions: readonly SecretVersion[],
  stage: string,
  targetId: string | undefined,
): SecretVersion[] {
  const holder = versions.find(({ stages }) => stages.includes(stage));
  if (holder?.id === targetId) return [...versions];
  const moved = versions.map((version) => ({
    ...version,
    stages: withStage(version.stages, stage, version.id === targetId),
  }));
  return stage === current && holder !== undefined ? moveStage(moved, previous, holder.id) : moved;
}

function withStage(stages: readonly string[], stage: string, has: boolean): string[] {
  const others = stages.filter((candidate) => candidate !== stage);
  return has ? [...others, stage] : others;
}
