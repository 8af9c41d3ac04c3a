import { keyStages } from '../configuration/key-stages.ts';
import { type KeyAnswer, keyAnswer } from './key-answer.ts';
import type { KeyPorts } from './key-ports.ts';
import { KeyVaultError, type LabelledKey } from './key-vault.ts';

/**
 * Makes the pending key the current one, if the exchange takes it. Safe to repeat: the pending label stays where it
 * is until the rotation is finished, so that a repetition finds the key current already, and so that a key that was
 * rolled back can be promoted again.
 */
export async function promoteKey({ vault, checkKey, log }: KeyPorts): Promise<KeyAnswer> {
  const { current, pending } = await vault.labels();
  if (pending === undefined) return keyAnswer('nothing-pending');
  if (pending === current) return keyAnswer('already-current');
  const next = await vault.load(keyStages.pending);
  if (next.versionId !== pending) return keyAnswer('changed-meanwhile');
  const present = await loadIfUsable(vault);
  if (present?.key.fingerprint === next.key.fingerprint) return keyAnswer('same-key-twice');
  const verdict = await checkKey(next.key);
  if (verdict.kind === 'refused') return keyAnswer('key-not-registered');
  if (verdict.kind === 'unclear') return keyAnswer('exchange-unclear', `It said: ${verdict.reason}.`);
  await vault.moveCurrent(current, pending);
  log.info('key-promoted', { from: current, to: pending });
  return keyAnswer('promoted');
}

/** A current key that cannot be used is a good reason for another one. */
async function loadIfUsable(vault: KeyPorts['vault']): Promise<LabelledKey | undefined> {
  try {
    return await vault.load(keyStages.current);
  } catch (error) {
    if (error instanceof KeyVaultError && error.code === 'key-unusable') return undefined;
    throw error;
  }
}
