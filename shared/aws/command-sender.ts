import { Sha256 } from '@smithy/core/checksum';
import { isThrottlingError, isTransientError, StandardRetryStrategy } from '@smithy/core/retry';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HttpResult, Transport } from '../transport/transport.ts';
import { headersOf, type JsonService, readAnswer } from './json-protocol.ts';

/** As whom a service is called. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a role's credentials. */
  readonly sessionToken?: string;
}

/** What calling a service takes. */
export interface ServiceAccess {
  readonly service: JsonService;
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly transport: Transport;
  /** How often a request is sent at most. */
  readonly attempts: number;
}

/** A command of the SDK, as far as it matters here. */
export interface AwsCommand {
  readonly input: object;
  /** Its third element is the operation's name. */
  readonly schema?: unknown;
}

/** For a whole answer, connecting included. ms */
const timeoutMs = 3_000;

/**
 * Calls a service of AWS with the SDK's commands, signatures and rules for retries, and without the rest of its clients: their
 * dozen of layers know endpoints, protocols and features that one table and one secret never use, and took more processor
 * time than all else about an order.
 *
 * @returns sends a command. It throws what AWS answers as the SDK does, and without an answer an Error whose `code` says why;
 *   it was repeated where that can help
 */
export function createCommandSender(access: ServiceAccess): (command: AwsCommand) => Promise<object> {
  const { service, endpoint, region, credentials, transport } = access;
  const signer = new SignatureV4({ service: service.name, region, credentials, sha256: Sha256 });
  const retries = new StandardRetryStrategy(access.attempts);
  const callOnce = async (operation: string, body: Buffer): Promise<object> => {
    const { protocol, hostname, host, pathname } = endpoint;
    const headers = { host, 'user-agent': 'grid-buyer', ...headersOf(service, operation) };
    const request = { method: 'POST', protocol, hostname, path: pathname, headers, body };
    const signed = await signer.sign(request);
    const result = await transport({
      method: 'POST',
      target: pathname,
      headers: signed.headers,
      body,
      timeoutMs,
      reuseConnection: true,
    });
    return readAnswer(answered(result));
  };
  return ({ input, schema }) => {
    const operation = operationName(schema);
    const body = Buffer.from(JSON.stringify(input));
    return withRetries(retries, () => callOnce(operation, body));
  };
}

async function withRetries<Answer>(
  strategy: StandardRetryStrategy,
  call: () => Promise<Answer>,
): Promise<Answer> {
  let token = await strategy.acquireInitialRetryToken('');
  for (;;) {
    try {
      const answer = await call();
      strategy.recordSuccess(token);
      return answer;
    } catch (error) {
      const errorType = errorTypeOf(error);
      // Waits as long as it should be waited.
      token = await strategy.refreshRetryTokenForRetry(token, { errorType }).catch(() => {
        throw error;
      });
    }
  }
}

/** As the SDK's own layer for retries tells them apart. */
function errorTypeOf(error: unknown): 'THROTTLING' | 'TRANSIENT' | 'CLIENT_ERROR' {
  if (!isSdkError(error)) return 'CLIENT_ERROR';
  if (isThrottlingError(error)) return 'THROTTLING';
  return isTransientError(error) ? 'TRANSIENT' : 'CLIENT_ERROR';
}

function isSdkError(error: unknown): error is Parameters<typeof isTransientError>[0] {
  return error instanceof Error;
}

function answered(result: HttpResult): Extract<HttpResult, { readonly kind: 'answer' }> {
  if (result.kind === 'answer') return result;
  const name = result.code === 'timeout' ? 'TimeoutError' : result.code;
  throw Object.assign(new Error('AWS did not answer.'), { name, code: result.code });
}

function operationName(schema: unknown): string {
  const name: unknown = Array.isArray(schema) ? schema[2] : undefined;
  if (typeof name !== 'string') throw new TypeError('This is no command of the SDK.');
  return name;
}
