import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';
import type { CheckKey } from './key-check.ts';
import type { KeyVault } from './key-vault.ts';

/** What managing keys needs. */
export interface KeyPorts {
  readonly vault: KeyVault;
  readonly checkKey: CheckKey;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}
