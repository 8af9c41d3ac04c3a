import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { environmentNames } from '../../../shared/configuration/environment-names.ts';
import { exampleSettings } from './example-settings.ts';
import { runNode } from './run-node.ts';

const imported = v.object({
  exported: v.array(v.string()),
  /** What Node itself has loaded, as `process.moduleLoadList` has it. */
  builtins: v.array(v.string()),
});

/** What a deployed function would find; nothing here is reachable, which loading the code must not need. */
const environment = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_MAX_ATTEMPTS: '1',
  [environmentNames.stage]: 'test',
  [environmentNames.tableName]: 'orders',
  [environmentNames.signingKeySecretArn]: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:key-abcdef',
  [environmentNames.exchangeUrl]: 'https://trading.api.thegrid.ai',
  [environmentNames.exchangePathPrefix]: '/api/v1/trading',
  [environmentNames.instruments]: JSON.stringify(exampleSettings.instruments),
};

/** Imports a bundle in a process of its own, as Lambda does, and says what came of it. */
export async function importFresh(bundle: string): Promise<v.InferOutput<typeof imported>> {
  const script = `
    const exported = Object.keys(await import(${JSON.stringify(pathToFileURL(bundle).href)}));
    process.stdout.write(JSON.stringify({ exported, builtins: process.moduleLoadList }), () => process.exit(0));
  `;
  const { stdout, stderr, exitCode } = await runNode(['--input-type=module', '--eval', script], environment);
  if (exitCode !== 0) throw new Error(`the bundle cannot be imported: ${stderr}`);
  return v.parse(imported, JSON.parse(stdout));
}
