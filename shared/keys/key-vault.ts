import type { KeyStage, keyStages } from '../configuration/key-stages.ts';
import type { SigningKey } from '../signing/signing-key.ts';

/** A key under one of the labels. */
export interface LabelledKey {
  readonly key: SigningKey;
  readonly versionId: string;
  /** When it was stored, ms since the epoch; undefined if that is not known. */
  readonly storedAt: number | undefined;
}

/** Which version has which label. */
export type Labels = Readonly<Record<keyof typeof keyStages, string | undefined>>;

/** The secret with its versions. Everything throws `KeyVaultError`. */
export interface KeyVault {
  labels(): Promise<Labels>;
  load(stage: KeyStage): Promise<LabelledKey>;
  /** Makes another version current. Fails if `from` is not current any more. */
  moveCurrent(from: string | undefined, to: string): Promise<void>;
  /** Takes a label away. Fails if the version does not have it any more. */
  dropLabel(stage: KeyStage, versionId: string): Promise<void>;
}

/** The secret could not be used as wanted. The message is for a person and holds nothing of a key. */
export class KeyVaultError extends Error {
  readonly code: 'changed-meanwhile' | 'key-unusable' | 'secret-not-usable';

  constructor(code: KeyVaultError['code'], message: string) {
    super(message);
    this.name = 'KeyVaultError';
    this.code = code;
  }
}
