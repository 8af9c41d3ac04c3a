import {
  DescribeSecretCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { type KeyStage, keyStages } from '../configuration/key-stages.ts';
import { type KeyVault, KeyVaultError, type Labels } from '../keys/key-vault.ts';
import { type KeySecret, loadSigningKey } from './load-signing-key.ts';
import { SigningKeyUnavailableError } from './signing-key-unavailable-error.ts';

/** The secret in Secrets Manager. */
export function createKeyVault(secret: KeySecret): KeyVault {
  const { client, secretArn: SecretId } = secret;
  return {
    labels: () => naming(async () => labelsIn(await describe(client, SecretId))),
    load: (stage) => naming(() => loadSigningKey(secret, stage)),
    moveCurrent: (RemoveFromVersionId, MoveToVersionId) =>
      naming(async () => {
        const VersionStage = keyStages.current;
        await client.send(
          new UpdateSecretVersionStageCommand({
            SecretId,
            VersionStage,
            MoveToVersionId,
            RemoveFromVersionId,
          }),
        );
      }),
    dropLabel: (VersionStage, RemoveFromVersionId) =>
      naming(async () => {
        await client.send(
          new UpdateSecretVersionStageCommand({ SecretId, VersionStage, RemoveFromVersionId }),
        );
      }),
  };
}

type StagesByVersion = Readonly<Record<string, readonly string[]>>;

async function describe(
  client: Pick<SecretsManagerClient, 'send'>,
  SecretId: string,
): Promise<StagesByVersion> {
  return (await client.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages ?? {};
}

/** Which version has which of our labels. */
function labelsIn(stagesByVersion: StagesByVersion): Labels {
  const holderOf = (stage: KeyStage): string | undefined =>
    Object.entries(stagesByVersion).find(([, stages]) => stages.includes(stage))?.[0];
  return {
    current: holderOf(keyStages.current),
    pending: holderOf(keyStages.pending),
    previous: holderOf(keyStages.previous),
  };
}

/** Turns every failure into one that a person can be told. */
async function naming<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw named(error);
  }
}

function named(error: unknown): KeyVaultError {
  if (error instanceof SigningKeyUnavailableError) {
    const code = error.code === 'secret-not-readable' ? 'secret-not-usable' : 'key-unusable';
    return new KeyVaultError(code, error.message);
  }
  const name = error instanceof Error ? error.name : 'unknown';
  // A label that is not where it was said to be.
  const code = name === 'InvalidParameterException' ? 'changed-meanwhile' : 'secret-not-usable';
  return new KeyVaultError(code, `Secrets Manager said ${name}.`);
}
