import { keyStages } from '../configuration/key-stages.ts';
import { type KeyAnswer, keyAnswer, type ShownKey } from './key-answer.ts';
import type { KeyVerdict } from './key-check.ts';
import type { KeyPorts } from './key-ports.ts';

const dayMs = 86_400_000;

const words: Readonly<Record<KeyVerdict['kind'], ShownKey['exchange']>> = {
  accepted: 'accepts it',
  refused: 'refuses it',
  unclear: 'did not say',
};

const shownLabels = ['current', 'pending', 'previous'] as const;

/** Shows the public half of every key that has a label, and whether the exchange takes it. */
export async function showKeys(ports: KeyPorts): Promise<KeyAnswer> {
  const labels = await ports.vault.labels();
  const present = shownLabels.filter((label) => labels[label] !== undefined);
  const keys = await Promise.all(present.map((label) => showKey(ports, label)));
  return { ...keyAnswer('shown'), keys };
}

async function showKey({ vault, checkKey, clock }: KeyPorts, label: ShownKey['label']): Promise<ShownKey> {
  const { key, versionId, storedAt } = await vault.load(keyStages[label]);
  const verdict = await checkKey(key);
  return {
    label,
    versionId,
    publicKey: Buffer.from(key.publicKey).toString('base64'),
    ageDays: storedAt === undefined ? undefined : Math.floor((clock.now() - storedAt) / dayMs),
    exchange: words[verdict.kind],
  };
}
