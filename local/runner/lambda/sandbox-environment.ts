import { tmpdir } from 'node:os';
import type { AwsCredentials } from '../../emulators/aws-endpoint.ts';
import type { FunctionDescription } from './function-description.ts';

/** How a function reaches the services. Each function may have its own keys and its own endpoints. */
export interface FunctionAccess {
  readonly credentials: AwsCredentials;
  readonly dynamoDbEndpoint: string;
  readonly secretsManagerEndpoint: string;
}

interface SandboxPlace {
  readonly region: string;
  /** Host and port of the sandbox's Runtime API. */
  readonly runtimeApi: string;
  readonly access: FunctionAccess;
  /** Variables of the caller; they win over the template's. */
  readonly overrides: Readonly<Record<string, string>>;
}

/**
 * The whole environment of a function's process. Nothing of this process's own environment gets in:
 * a function that needs an undeclared variable must fail here as it would in Lambda.
 */
export function sandboxEnvironment(
  description: FunctionDescription,
  place: SandboxPlace,
): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    TMPDIR: tmpdir(),
    ...description.environment,
    ...place.overrides,
    _HANDLER: description.handler,
    LAMBDA_TASK_ROOT: description.assetPath,
    AWS_LAMBDA_RUNTIME_API: place.runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: description.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(description.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: description.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: description.logStream,
    AWS_LAMBDA_LOG_FORMAT: description.logFormat,
    ...(description.logLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: description.logLevel }),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: `AWS_Lambda_${description.runtime}`,
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_ACCESS_KEY_ID: place.access.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: place.access.credentials.secretAccessKey,
    ...sessionToken(place.access.credentials),
    AWS_ENDPOINT_URL_DYNAMODB: place.access.dynamoDbEndpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: place.access.secretsManagerEndpoint,
  };
}

function sessionToken({ sessionToken: token }: AwsCredentials): Record<string, string> {
  return token === undefined ? {} : { AWS_SESSION_TOKEN: token };
}
