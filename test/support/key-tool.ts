import type { AwsEndpoint } from '../../local/emulators/aws-endpoint.ts';
import { type ProgramResult, startProgram } from './run-program.ts';

/** Runs `npm run keys` in a folder, with Secrets Manager and Lambda where it is told. */
export type KeyTool = (...args: string[]) => Promise<ProgramResult>;

export function keyToolIn(folder: string, secretsManager: AwsEndpoint, lambdaUrl = ''): KeyTool {
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.endpoint,
    AWS_ENDPOINT_URL_LAMBDA: lambdaUrl,
    AWS_REGION: secretsManager.region,
    AWS_ACCESS_KEY_ID: secretsManager.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretsManager.credentials.secretAccessKey,
  };
  return (...args) => startProgram('local/keys/main.ts', args, folder, env).result;
}
