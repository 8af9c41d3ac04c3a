import { DescribeSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from 'vitest';
import type { KeyVault } from '../../../shared/keys/key-vault.ts';
import { createKeyVault } from '../../../shared/secrets/key-vault.ts';
import { generateKeyPair } from '../../../shared/signing/key-pair.ts';
import { type KeySecret, useKeySecret } from '../../support/use-key-secret.ts';
import { fakeSecrets, named } from './support/fake-secrets.ts';

const [first, second] = [generateKeyPair(), generateKeyPair()];
const keySecret = useKeySecret();
let client: KeySecret['client'];
let secretArn: string;
let vault: KeyVault;

beforeEach(() => {
  ({ client, arn: secretArn } = keySecret());
  vault = createKeyVault({ client, secretArn });
});

async function put(text: string, stage: string): Promise<string> {
  const { VersionId = '' } = await client.send(
    new PutSecretValueCommand({ SecretId: secretArn, SecretString: text, VersionStages: [stage] }),
  );
  return VersionId;
}

describe('the secret of the keys', () => {
  it('has no labels at first', async () => {
    expect(await vault.labels()).toEqual({ current: undefined, pending: undefined, previous: undefined });
  });

  it('moves the current label, and keeps the way back', async () => {
    const current = await put(first.privateKey, 'AWSCURRENT');
    const pending = await put(second.privateKey, 'GRID_PENDING');
    expect(await vault.labels()).toEqual({ current, pending, previous: undefined });
    expect(await vault.load('GRID_PENDING')).toMatchObject({
      key: { fingerprint: second.fingerprint },
      versionId: pending,
      storedAt: expect.any(Number),
    });
    await vault.moveCurrent(current, pending);
    expect(await vault.labels()).toEqual({ current: pending, pending, previous: current });
    expect(await vault.load('AWSCURRENT')).toMatchObject({ versionId: pending });
    expect(await vault.load('AWSPREVIOUS')).toMatchObject({ versionId: current });
    await vault.dropLabel('AWSPREVIOUS', current);
    await vault.dropLabel('GRID_PENDING', pending);
    expect(await vault.labels()).toEqual({ current: pending, pending: undefined, previous: undefined });
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: secretArn }));
    expect(VersionIdsToStages).toEqual({ [pending]: ['AWSCURRENT'] });
  });

  it('does not move a label that somebody else has moved', async () => {
    const current = await put(first.privateKey, 'AWSCURRENT');
    const pending = await put(second.privateKey, 'GRID_PENDING');
    await vault.moveCurrent(current, pending);
    const moved = { name: 'KeyVaultError', code: 'changed-meanwhile' };
    await expect(vault.moveCurrent(current, current)).rejects.toMatchObject(moved);
    await expect(vault.moveCurrent(current, pending)).rejects.toMatchObject(moved);
    await expect(vault.dropLabel('AWSPREVIOUS', pending)).rejects.toMatchObject(moved);
  });

  it('says what is wrong with a key, and nothing of it', async () => {
    await put(JSON.stringify({ key: first.privateKey }), 'AWSCURRENT');
    const error: unknown = await vault.load('AWSCURRENT').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'KeyVaultError', code: 'key-unusable' });
    expect(String(error)).not.toContain(first.privateKey.slice(0, 12));
    await expect(vault.load('GRID_PENDING')).rejects.toMatchObject({ code: 'key-unusable' });
  });
});

it('a secret that may not be used is named so', async () => {
  const { client: denying } = fakeSecrets([
    named('AccessDeniedException'),
    named('AccessDeniedException'),
    named('DecryptionFailure'),
  ]);
  const denied = createKeyVault({ client: denying, secretArn: 'arn:x' });
  for (const attempt of [denied.labels(), denied.moveCurrent('a', 'b'), denied.load('AWSCURRENT')]) {
    await expect(attempt).rejects.toMatchObject({ name: 'KeyVaultError', code: 'secret-not-usable' });
  }
});
