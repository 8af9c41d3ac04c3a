/** How a service of AWS is spoken to: a POST with JSON in both directions. */
export interface JsonService {
  /** The first label of its host name, and its name in signatures. */
  readonly name: 'dynamodb' | 'secretsmanager';
  /** What comes before the operation in `x-amz-target`, such as `DynamoDB_20120810`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
}

/** An answer as it came: the names of headers in small letters. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Errors that the SDK's own classes mark as worth another attempt; it knows the others by name and status. */
export const retriedErrors: ReadonlySet<string> = new Set(['ReplicatedWriteConflictException']);

/** The headers that say what is asked, and how. @param operation such as `GetItem` */
export function headersOf({ target, version }: JsonService, operation: string): Record<string, string> {
  return {
    'content-type': `application/x-amz-json-${version}`,
    'x-amz-target': `${target}.${operation}`,
  };
}

/**
 * What the service answered. The SDK goes through a schema of every field for the same; requests of ours hold text, numbers and
 * lists of them, which JSON writes the same, and has no bytes. The tests compare both, request by request and answer by
 * answer.
 *
 * @throws Error with the `name` that AWS gives it, and what came with it
 * @throws SyntaxError if it is no JSON
 */
export function readAnswer({ status, headers, body }: JsonAnswer): object {
  const $metadata = { httpStatusCode: status, requestId: headers['x-amzn-requestid'] };
  if (status >= 300) throw serviceError({ status, headers, body }, $metadata);
  return { ...parseAnswer(body), $metadata };
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

/** An error as the SDK makes it, whose rules say by name, status and `$retryable` what is tried again. */
function serviceError({ status, headers, body }: JsonAnswer, $metadata: object): Error {
  const fields = parseFields(body);
  const message = fields['message'] ?? fields['Message'];
  const name = errorName(fields['__type'] ?? fields['code'] ?? headers['x-amzn-errortype']);
  return Object.assign(new Error(typeof message === 'string' ? message : 'UnknownError'), fields, {
    name,
    $metadata,
    $fault: status < 500 ? 'client' : 'server',
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
