import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { endpointIn } from '../../../shared/aws/endpoints.ts';

// The regions of the SDK's own table that are on the internet, one of each partition and kind of name at least.
const regions = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'eu-central-2',
  'ap-southeast-7',
  'sa-east-1',
  'ca-west-1',
  'me-central-1',
  'af-south-1',
  'il-central-1',
  'mx-central-1',
  'us-gov-west-1',
  'us-gov-east-1',
  'cn-north-1',
  'cn-northwest-1',
  'eusc-de-east-1',
];
const clients = { dynamodb: new DynamoDBClient({}), secretsmanager: new SecretsManagerClient({}) };

it.each(regions)("are those of the SDK's own rules in %s", (Region) => {
  for (const [service, { config }] of Object.entries(clients)) {
    const theirs = config.endpointProvider({ Region, UseFIPS: false, UseDualStack: false });
    expect(endpointIn(Region, service).href).toBe(theirs.url.href);
  }
});

it.each([
  ['a region apart', 'us-iso-east-1'],
  ['another region apart', 'eu-isoe-west-1'],
  ['no region', ''],
])('are not guessed: %s', (_what, region) => {
  expect(() => endpointIn(region, 'dynamodb')).toThrow('No endpoint is known');
});
