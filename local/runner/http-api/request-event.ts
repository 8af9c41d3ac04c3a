import type { WireRequest } from '../../emulators/signature/canonical-request.ts';
import type { HttpApiDescription } from '../resources/http-api.ts';
import type { StackIdentity } from '../template/identity.ts';
import { type CallerCredentials, userIdOf } from './caller.ts';
import { decoded, type RouteMatch } from './route-table.ts';

/** What the event says beside the request itself. */
export interface RequestFacts {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly sourceIp: string;
  readonly protocol: string;
  /** Path without the stage. */
  readonly match: RouteMatch;
  /** Who signed, undefined on a route without authorization. */
  readonly caller: CallerCredentials | undefined;
}

/**
 * Builds the event of payload format 2.0.
 * Like the service, it decodes the path (also in `rawPath`) and leaves the raw query as sent.
 */
export function requestEvent(
  request: WireRequest,
  api: HttpApiDescription,
  identity: StackIdentity,
  facts: RequestFacts,
): Record<string, unknown> {
  const headers = joinedHeaders(request);
  const cookies = request.headers
    .filter(([name]) => name === 'cookie')
    .flatMap(([, value]) => value.split('; '));
  const { pathParameters } = facts.match;
  return {
    version: '2.0',
    routeKey: facts.match.route.routeKey,
    rawPath: decoded(request.path),
    rawQueryString: request.query,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: { ...headers, ...forwarding(facts) },
    ...(request.query === '' ? {} : { queryStringParameters: queryParameters(request.query) }),
    requestContext: requestContext(request, headers, api, identity, facts),
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    ...bodyFields(request, headers['content-type']),
  };
}

/** Cookies have a field of their own; the others are about the connection, not the request. */
const keptBack = new Set(['cookie', 'connection', 'keep-alive', 'transfer-encoding']);

/** Lower-case names; repeated headers joined by commas. */
function joinedHeaders(request: WireRequest): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    if (keptBack.has(name)) continue;
    const before = joined[name];
    joined[name] = before === undefined ? value : `${before},${value}`;
  }
  return joined;
}

function forwarding({ sourceIp, time, requestId }: RequestFacts): Record<string, string> {
  const traceTime = Math.floor(time / 1000).toString(16);
  return {
    'x-forwarded-for': sourceIp,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    'x-amzn-trace-id': `Root=1-${traceTime}-${requestId.replaceAll('-', '').slice(0, 24)}`,
  };
}

function queryParameters(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : `${before},${value}`;
  }
  return parameters;
}

function requestContext(
  request: WireRequest,
  headers: Readonly<Record<string, string>>,
  api: HttpApiDescription,
  identity: StackIdentity,
  facts: RequestFacts,
): Record<string, unknown> {
  return {
    accountId: identity.accountId,
    apiId: api.apiId,
    ...(facts.caller === undefined ? {} : { authorizer: { iam: iamFields(facts.caller, identity) } }),
    domainName: headers['host'] ?? '',
    domainPrefix: api.apiId,
    http: {
      method: request.method,
      path: decoded(request.path),
      protocol: facts.protocol,
      sourceIp: facts.sourceIp,
      userAgent: headers['user-agent'] ?? '',
    },
    requestId: facts.requestId,
    routeKey: facts.match.route.routeKey,
    stage: api.stage,
    time: commonLogTime(facts.time),
    timeEpoch: facts.time,
  };
}

function iamFields(caller: CallerCredentials, identity: StackIdentity): Record<string, unknown> {
  const userId = userIdOf(caller.userArn);
  return {
    accessKey: caller.accessKeyId,
    accountId: identity.accountId,
    callerId: userId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: caller.userArn,
    userId,
  };
}

/** `23/Nov/2026:10:15:00 +0000` */
function commonLogTime(time: number): string {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}

function bodyFields(
  { body }: WireRequest,
  contentType: string | undefined,
): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = /^(text\/|application\/(.+\+)?(json|xml|javascript)\b)/i.test(contentType ?? '');
  const encoding = isText ? 'utf8' : 'base64';
  return { body: Buffer.from(body).toString(encoding), isBase64Encoded: !isText };
}
