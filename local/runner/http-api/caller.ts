import { createHash, randomBytes } from 'node:crypto';
import type { AwsCredentials } from '../../emulators/aws-endpoint.ts';
import { arnOf, type StackIdentity } from '../template/identity.ts';

/** Someone who may call the API. */
export interface CallerCredentials extends AwsCredentials {
  readonly userArn: string;
}

const keyAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Makes up a caller with keys of the usual shape. */
export function generateCaller(identity: StackIdentity): CallerCredentials {
  return {
    accessKeyId: `AKIA${lettersFrom(randomBytes(16))}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    userArn: arnOf(identity, 'iam', 'user/local-caller'),
  };
}

/** The unique id that IAM would have for a user. The same for the same ARN. */
export function userIdOf(userArn: string): string {
  return `AIDA${lettersFrom(createHash('sha256').update(userArn).digest().subarray(0, 17))}`;
}

function lettersFrom(bytes: Uint8Array): string {
  return [...bytes].map((byte) => keyAlphabet.charAt(byte % keyAlphabet.length)).join('');
}
