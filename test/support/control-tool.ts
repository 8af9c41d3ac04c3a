import type { LocalStack } from '../../local/runner/local-stack.ts';
import { type ProgramResult, startProgram } from './run-program.ts';

/** Runs the administrator's tool against the table of a local stack, with nobody to ask. */
export function runControl(stack: LocalStack, ...args: readonly string[]): Promise<ProgramResult> {
  const { endpoint, credentials } = stack.dynamoDb;
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: stack.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const [table = ''] = stack.tableNames.values();
  return startProgram('local/control/main.ts', [...args, '--table', table], process.cwd(), env).result;
}
