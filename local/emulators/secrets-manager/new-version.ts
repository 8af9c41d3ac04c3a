import { randomUUID } from 'node:crypto';
import { alreadyExists, invalidParameter } from './failure.ts';
import type { Secret, SecretVersion } from './secret.ts';

/** A value on its way into a secret. */
export interface IncomingValue {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: string | undefined;
  readonly ClientRequestToken?: string | undefined;
}

/** True when the request carries a value. */
export function hasValue(value: IncomingValue): boolean {
  return value.SecretString !== undefined || value.SecretBinary !== undefined;
}

/**
 * Makes the version for a value, without stages.
 * The request token becomes its id: that is what makes a repeated request harmless.
 *
 * @throws InvalidParameterException when text and binary are both given
 */
export function newVersion(value: IncomingValue, createdAt: number): SecretVersion {
  if (value.SecretString !== undefined && value.SecretBinary !== undefined) {
    throw invalidParameter("You can't specify both a binary secret value and a string secret value.");
  }
  return {
    id: value.ClientRequestToken ?? randomUUID(),
    stages: [],
    createdAt,
    ...(value.SecretString === undefined ? {} : { text: value.SecretString }),
    ...(value.SecretBinary === undefined ? {} : { binary: value.SecretBinary }),
  };
}

/**
 * Finds out whether this very request was served before.
 * @throws ResourceExistsException when its token was used for another value
 */
export function servedBefore(secret: Secret, version: SecretVersion): SecretVersion | undefined {
  const known = secret.versions.find(({ id }) => id === version.id);
  if (known === undefined) return undefined;
  if (known.text === version.text && known.binary === version.binary) return known;
  throw alreadyExists(
    `You can't use ClientRequestToken ${version.id} because that value is already in use for a version of secret ${secret.arn}.`,
  );
}
