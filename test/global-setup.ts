import { resolve } from 'node:path';
import { synthesize } from '../local/service/synthesize.ts';

/** Where the end-to-end tests find what would be deployed. */
export const assemblyDirectory = resolve(import.meta.dirname, '../.local/test/cdk.out');

/** Synthesizes the stack once for all test files. The rules of CloudFormation are checked by `npm run synth`. */
export default async function setup(): Promise<void> {
  process.env['CDK_VALIDATION'] = 'false';
  await synthesize(resolve(import.meta.dirname, '..'), assemblyDirectory, 'threshold');
}
