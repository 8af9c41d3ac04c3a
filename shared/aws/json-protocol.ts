import type { IncomingMessage } from 'node:http';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** The option `protocol` of every client. */
type Protocol = NonNullable<DynamoDBClientConfig['protocol']>;

/** A request in the SDK's form, before it is signed. */
interface WireRequest {
  readonly method: 'POST';
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number | undefined;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** An answer in the SDK's form: the names of headers in small letters. */
interface WireResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Pick<IncomingMessage, 'toArray'>;
}

/** What the SDK tells of the operation, as far as it matters here. */
interface Operation {
  readonly name: string;
}

interface Context {
  readonly endpointV2?: { readonly url: URL };
}

/** The service and its version of the protocol. */
export interface JsonService {
  /** What comes before the operation in `x-amz-target`, such as `DynamoDB_20120810`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
}

/** Errors that the SDK's own classes mark as worth another attempt; it knows the others by name and status. */
export const retriedErrors: ReadonlySet<string> = new Set(['ReplicatedWriteConflictException']);

/**
 * The protocol of DynamoDB and Secrets Manager, a POST with JSON in both directions, for the SDK's option `protocol`.
 *
 * The SDK's own one goes through a schema of every field, which takes a third of the time of a first request and a quarter of
 * a bundle. Requests of ours hold text, numbers and lists of them, which JSON writes the same; it has no bytes and no dates.
 * The tests compare both protocols, request by request and answer by answer.
 *
 * It fills in no idempotency token: whoever writes names one.
 */
export function jsonProtocol({ target, version }: JsonService): Protocol {
  const calls = {
    setSerdeContext: (): void => {},

    serializeRequest: async (
      operation: Operation,
      input: object,
      { endpointV2 }: Context,
    ): Promise<WireRequest> => {
      if (endpointV2 === undefined) throw new Error('There is no endpoint: see shared/aws/endpoints.ts.');
      const { protocol, hostname, port, pathname } = endpointV2.url;
      return {
        method: 'POST',
        protocol,
        hostname,
        port: port === '' ? undefined : Number(port),
        path: pathname,
        query: {},
        headers: {
          'content-type': `application/x-amz-json-${version}`,
          'x-amz-target': `${target}.${operation.name}`,
        },
        body: JSON.stringify(input),
      };
    },

    /** @throws Error with the `name` that AWS gives it, and what came with it */
    deserializeResponse: async (
      _operation: Operation,
      _context: Context,
      response: WireResponse,
    ): Promise<object> => {
      const { statusCode, headers } = response;
      const $metadata = { httpStatusCode: statusCode, requestId: headers['x-amzn-requestid'] };
      const text = Buffer.concat(await response.body.toArray()).toString('utf8');
      if (statusCode >= 300) throw serviceError(response, text, $metadata);
      return { ...parseAnswer(text), $metadata };
    },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of its methods clients call these three
  return calls as object as Protocol;
}

/** @throws SyntaxError */
function parseAnswer(text: string): Record<string, unknown> {
  const parsed: unknown = text === '' ? {} : JSON.parse(text, withDates);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

/** Dates are seconds since the epoch. What is null is not there. */
function withDates(name: string, value: unknown): unknown {
  if (value === null) return undefined;
  return typeof value === 'number' && name.endsWith('Date') ? new Date(Math.round(value * 1000)) : value;
}

/** An error as the SDK makes it: it retries by name, status and `$retryable`, and learns the time from the response. */
function serviceError({ statusCode, headers }: WireResponse, text: string, $metadata: object): Error {
  const fields = parseFields(text);
  const message = fields['message'] ?? fields['Message'];
  const name = errorName(fields['__type'] ?? fields['code'] ?? headers['x-amzn-errortype']);
  return Object.assign(new Error(typeof message === 'string' ? message : 'UnknownError'), fields, {
    name,
    $metadata,
    $fault: statusCode < 500 ? 'client' : 'server',
    ...(retriedErrors.has(name) ? { $retryable: {} } : {}),
  });
}

/** What is no JSON, such as a page of a proxy, says nothing beyond its status. */
function parseFields(text: string): Record<string, unknown> {
  try {
    return parseAnswer(text);
  } catch {
    return {};
  }
}

/** `com.amazonaws.dynamodb.v20120810#ThrottlingException`, or `ThrottlingException:http://...` */
function errorName(code: unknown): string {
  const [first = ''] = typeof code === 'string' ? code.split(/[,:]/) : [];
  const name = first.slice(first.indexOf('#') + 1);
  return name === '' ? 'Unknown' : name;
}
