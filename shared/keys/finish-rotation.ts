import { keyStages } from '../configuration/key-stages.ts';
import { type KeyAnswer, keyAnswer } from './key-answer.ts';
import type { KeyPorts } from './key-ports.ts';
import type { Labels } from './key-vault.ts';

/**
 * Ends a rotation: once the exchange refuses the old key its labels go, and with them the old version. A refusal counts
 * only while the current key is accepted: an exchange that refuses everybody says nothing about the old key.
 */
export async function finishRotation({ vault, checkKey, log }: KeyPorts): Promise<KeyAnswer> {
  const labels = await vault.labels();
  const { previous } = labels;
  if (previous === undefined) {
    await dropPendingLabel(vault, labels);
    return keyAnswer('nothing-to-finish');
  }
  const current = await checkKey((await vault.load(keyStages.current)).key);
  if (current.kind === 'refused') return keyAnswer('current-key-refused');
  if (current.kind === 'unclear') return keyAnswer('exchange-unclear', `It said: ${current.reason}.`);
  const old = await checkKey((await vault.load(keyStages.previous)).key);
  if (old.kind === 'accepted') return keyAnswer('old-key-still-accepted');
  if (old.kind === 'unclear') return keyAnswer('exchange-unclear', `It said: ${old.reason}.`);
  await dropPendingLabel(vault, labels);
  await vault.dropLabel(keyStages.previous, previous);
  log.info('key-rotation-finished', { version: previous });
  return keyAnswer('finished');
}

/** A pending label on another version is the next rotation's, and stays. */
async function dropPendingLabel(
  vault: KeyPorts['vault'],
  { current, pending, previous }: Labels,
): Promise<void> {
  if (pending === undefined || (pending !== current && pending !== previous)) return;
  await vault.dropLabel(keyStages.pending, pending);
}
