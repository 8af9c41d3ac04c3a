import { invalidRequest, notFound } from './failure.ts';
import type { Secret, Secrets, SecretVersion } from './secret.ts';

/**
 * Finds a secret by name, ARN, or ARN without its random ending.
 * @throws ResourceNotFoundException
 */
export function findSecret(secrets: Secrets, id: string): Secret {
  const secret = secrets.find(({ arn, name }) => arn === id || name === id || partialArn(arn) === id);
  if (secret === undefined) throw notFound();
  return secret;
}

/** An ARN ends in a hyphen and six random characters. */
function partialArn(arn: string): string {
  return arn.replace(/-[A-Za-z0-9]{6}$/, '');
}

/**
 * Finds a secret that is not marked for deletion.
 * @throws ResourceNotFoundException, InvalidRequestException
 */
export function findLiveSecret(secrets: Secrets, id: string): Secret {
  const secret = findSecret(secrets, id);
  if (secret.deletionAt !== undefined) {
    throw invalidRequest(
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }
  return secret;
}

/**
 * Finds the version that a read asks for: by id, by stage, by both (they must agree), else AWSCURRENT.
 * @throws ResourceNotFoundException, InvalidRequestException
 */
export function findVersion(
  secret: Secret,
  id: string | undefined,
  stage: string | undefined,
): SecretVersion {
  if (id === undefined) return byStage(secret, stage ?? 'AWSCURRENT');
  const version = secret.versions.find((candidate) => candidate.id === id);
  if (version === undefined) throw notFound(`the specified secret value for VersionId: ${id}`);
  if (stage !== undefined && !version.stages.includes(stage)) {
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
  }
  return version;
}

function byStage(secret: Secret, stage: string): SecretVersion {
  const version = secret.versions.find(({ stages }) => stages.includes(stage));
  if (version === undefined) throw notFound(`the specified secret value for staging label: ${stage}`);
  return version;
}

/** The same list with one secret put in the place of its former self. */
export function withSecret(secrets: Secrets, changed: Secret): Secrets {
  return secrets.map((secret) => (secret.arn === changed.arn ? changed : secret));
}
