import type { AwsEndpoint } from '../aws-endpoint.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A DynamoDB-compatible server that the user started: `GRID_BUYER_DYNAMODB_ENDPOINT`. Undefined when unset. */
export function givenEndpoint(region: string, environment: Environment): AwsEndpoint | undefined {
  const endpoint = environment['GRID_BUYER_DYNAMODB_ENDPOINT'];
  if (endpoint === undefined || endpoint === '') return undefined;
  return {
    endpoint,
    region,
    credentials: {
      // DynamoDB Local takes any credentials, but letters and digits only.
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? 'local',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? 'local',
    },
  };
}
