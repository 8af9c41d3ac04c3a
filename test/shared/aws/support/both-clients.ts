import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type AwsCommand, createCommandSender } from '../../../../shared/aws/command-sender.ts';

/** What a client sends, and what it makes of the answers. */
export interface Exchanged {
  readonly requests: readonly Sent[];
  readonly outcome: unknown;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Answer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What comes of a request: an answer, or none, with the code of the failure. */
export type Fate = Answer | { readonly code: string };

export const region = 'eu-west-1';
export const credentials = () => ({ accessKeyId: 'a', secretAccessKey: 'b' });
export const endpoint = 'http://127.0.0.1:8000';

export const services = {
  dynamoDb: {
    theirs: (options: object) => new DynamoDBClient({ ...options, endpoint, region }),
    ours: { name: 'dynamodb', target: 'DynamoDB_20120810', version: '1.0' },
  },
  secretsManager: {
    theirs: (options: object) => new SecretsManagerClient({ ...options, endpoint, region }),
    ours: { name: 'secretsmanager', target: 'secretsmanager', version: '1.1' },
  },
} as const;

export type Service = keyof typeof services;

/** Differ by the time, or name the SDK. */
const notCompared =
  /^(authorization|x-amz-date|x-amz-content-sha256|amz-sdk-.*|x-amz-user-agent|user-agent|content-length)$/i;

function sent(method: string, path: string, headers: object, body: unknown): Sent {
  const comparable = Object.entries(headers).filter(([name]) => !notCompared.test(name));
  return {
    method,
    path,
    headers: Object.fromEntries(comparable) as Record<string, string>,
    body: JSON.parse(Buffer.from(body as string).toString()) as unknown,
  };
}

/** Sends a command through a whole client of the SDK, over a wire of which all is decided. */
export async function theirs(
  service: Service,
  command: object,
  attempts: number,
  fate: () => Fate,
): Promise<Exchanged> {
  const requests: Sent[] = [];
  const client = services[service].theirs({
    credentials: credentials(),
    maxAttempts: attempts,
    requestHandler: {
      handle: async ({
        method,
        path,
        headers,
        body,
      }: {
        method: string;
        path: string;
        headers: object;
        body: unknown;
      }) => {
        requests.push(sent(method, path, headers, body));
        const its = fate();
        if ('code' in its) throw Object.assign(new Error(its.code), nodeError(its.code));
        const { statusCode, headers: said, body: text } = its;
        return { response: { statusCode, headers: { ...said }, body: Readable.from([Buffer.from(text)]) } };
      },
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    },
  });
  const send = client.send.bind(client) as (command: object) => Promise<object>;
  return { requests, outcome: await outcomeOf(send(command)) };
}

/** A time-out has a name only, the others a code. */
function nodeError(code: string): object {
  return code === 'timeout' ? { name: 'TimeoutError' } : { code };
}

export async function ours(
  service: Service,
  command: object,
  attempts: number,
  fate: () => Fate,
): Promise<Exchanged> {
  const requests: Sent[] = [];
  const send = createCommandSender({
    service: services[service].ours,
    endpoint: new URL(endpoint),
    region,
    credentials: credentials(),
    attempts,
    transport: async ({ method, target, headers, body }) => {
      requests.push(sent(method, target, headers, body));
      const its = fate();
      return 'code' in its
        ? { kind: 'no-answer', code: its.code }
        : { kind: 'answer', status: its.statusCode, headers: its.headers ?? {}, body: its.body };
    },
  });
  return { requests, outcome: await outcomeOf(send(command as AwsCommand)) };
}

function outcomeOf(answer: Promise<object>): Promise<unknown> {
  return answer.then(
    (output) => ({ output: withoutAttempts(output) }),
    (error: Error) => ({ error: told(error) }),
  );
}

/** All but how often it was tried. */
function withoutAttempts({ $metadata, ...output }: { $metadata?: Record<string, unknown> }) {
  const { httpStatusCode, requestId } = $metadata ?? {};
  return { ...output, $metadata: { httpStatusCode, requestId } };
}

/** What of an error the SDK and we go by. */
function told(error: Error) {
  const { name, message, $fault, $retryable, CancellationReasons, Item, $metadata } = error as Error &
    Record<string, unknown>;
  return {
    name,
    message,
    $fault,
    isRetryable: $retryable !== undefined,
    CancellationReasons,
    Item,
    ...withoutAttempts({ $metadata: $metadata as Record<string, unknown> }),
  };
}

/** An answer that says nothing more. */
export const fine: Answer = { statusCode: 200, headers: { 'x-amzn-requestid': 'ABC' }, body: '{}' };
