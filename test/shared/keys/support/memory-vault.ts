import { keyStages } from '../../../../shared/configuration/key-stages.ts';
import { type KeyVault, KeyVaultError, type Labels } from '../../../../shared/keys/key-vault.ts';
import { SigningKey } from '../../../../shared/signing/signing-key.ts';

/** A secret in memory: private keys by version, versions by label. Every change is written down. */
export function memoryVault(privateKeys: Readonly<Record<string, string>>, start: Partial<Labels>) {
  let labels: Labels = { current: undefined, pending: undefined, previous: undefined, ...start };
  const changes: string[] = [];
  const labelOf = (stage: string) =>
    Object.entries(keyStages).find(([, one]) => one === stage)?.[0] as keyof Labels;
  const vault: KeyVault = {
    labels: async () => labels,
    load: async (stage) => {
      const versionId = labels[labelOf(stage)] ?? '';
      const privateKey = privateKeys[versionId];
      if (privateKey === undefined) throw new KeyVaultError('key-unusable', 'It is not base64.');
      return { key: SigningKey.load(privateKey), versionId, storedAt: Date.UTC(2026, 0, 1) };
    },
    moveCurrent: async (from, to) => {
      if (from !== labels.current) throw new KeyVaultError('changed-meanwhile', 'It moved.');
      labels = { ...labels, current: to, previous: from };
      changes.push(`current ${from} -> ${to}`);
    },
    dropLabel: async (stage, versionId) => {
      if (labels[labelOf(stage)] !== versionId) throw new KeyVaultError('changed-meanwhile', 'It moved.');
      labels = { ...labels, [labelOf(stage)]: undefined };
      changes.push(`no ${labelOf(stage)}`);
    },
  };
  return { vault, changes, labels: () => labels };
}
