import { createSecret } from './create-secret.ts';
import { deleteSecret } from './delete-secret.ts';
import { describeSecret, listSecrets } from './describe-secrets.ts';
import { getSecretValue } from './get-secret-value.ts';
import type { Operation } from './operation.ts';
import { putSecretValue } from './put-secret-value.ts';
import { updateSecretVersionStage } from './update-secret-version-stage.ts';

/** The operations by the name they have on the wire. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['CreateSecret', createSecret],
  ['PutSecretValue', putSecretValue],
  ['GetSecretValue', getSecretValue],
  ['DescribeSecret', describeSecret],
  ['ListSecrets', listSecrets],
  ['UpdateSecretVersionStage', updateSecretVersionStage],
  ['DeleteSecret', deleteSecret],
]);
