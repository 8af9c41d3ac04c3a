import { finishRotation } from './finish-rotation.ts';
import { type KeyAnswer, keyAnswer } from './key-answer.ts';
import type { KeyPorts } from './key-ports.ts';
import { KeyVaultError } from './key-vault.ts';
import { promoteKey } from './promote-key.ts';
import { showKeys } from './show-keys.ts';

/** What a person can ask for. */
export const keyActions = ['promote', 'finish', 'show'] as const;

export type KeyAction = (typeof keyActions)[number];

const useCases: Readonly<Record<KeyAction, (ports: KeyPorts) => Promise<KeyAnswer>>> = {
  promote: promoteKey,
  finish: finishRotation,
  show: showKeys,
};

/** Does what a person asks for, and answers in words also where that is not possible. */
export async function manageKeys(ports: KeyPorts, action: KeyAction): Promise<KeyAnswer> {
  const answer = await attempt(ports, action);
  const { ok, code } = answer;
  if (ok) ports.log.info('key-action', { action, code });
  else ports.log.warn('key-action', { action, code });
  return answer;
}

async function attempt(ports: KeyPorts, action: KeyAction): Promise<KeyAnswer> {
  try {
    return await useCases[action](ports);
  } catch (error) {
    if (error instanceof KeyVaultError) return keyAnswer(error.code, error.message);
    throw error;
  }
}
