import type { Secrets } from './secret.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

/** Holds the secrets. What `replace` accepted is on disk when there is a disk to be on. */
export interface SecretKeeper {
  current(): Secrets;
  /** @throws when it cannot be saved; then nothing has changed */
  replace(secrets: Secrets): void;
}

/** @param path the file to keep the secrets in; in memory without it */
export function createSecretKeeper(path: string | undefined): SecretKeeper {
  let secrets: Secrets = path === undefined ? [] : readSecretFile(path);
  return {
    current: () => secrets,
    replace: (changed) => {
      if (path !== undefined) writeSecretFile(path, changed);
      secrets = changed;
    },
  };
}
