import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { bundleSource } from '../../support/bundle-source.ts';
import { runNode } from '../../support/run-node.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let asked: string[];
const server = createServer((request, response) => {
  asked.push(String(request.headers['x-amz-target']));
  response.end('{}');
});
let bundle: string;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  bundle = await bundleSource(
    temporaryFolder(),
    `import { GetItemCommand } from '@aws-sdk/client-dynamodb';
     import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
     import { dynamoDbClient, secretsManagerClient } from './shared/aws/clients.ts';
     await dynamoDbClient().send(new GetItemCommand({ TableName: 'orders', Key: {} })).catch(() => {});
     await secretsManagerClient().send(new GetSecretValueCommand({ SecretId: 'key' })).catch(() => {});
     process.exit(0);`,
  );
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

const table = 'DynamoDB_20120810.GetItem';
const secret = 'secretsmanager.GetSecretValue';

it.each<[string, readonly string[], readonly string[]]>([
  ['for both', ['AWS_ENDPOINT_URL'], [table, secret]],
  ['for the table', ['AWS_ENDPOINT_URL_DYNAMODB'], [table]],
  ['for the secret', ['AWS_ENDPOINT_URL_SECRETS_MANAGER'], [secret]],
])('an address in the environment is called, as by the SDK: %s', async (_what, names, expected) => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Nobody is at the address of the other one.
  const nowhere = {
    AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:9',
  };
  const given = Object.fromEntries(names.map((name) => [name, address]));
  const { stderr } = await runNode([bundle], {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    ...('AWS_ENDPOINT_URL' in given ? {} : nowhere),
    ...given,
  });
  expect(stderr).toBe('');
  expect(asked).toEqual(expected);
});
