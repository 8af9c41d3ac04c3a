import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '../../emulators/loopback/listen.ts';
import { readBody } from '../../emulators/loopback/read-body.ts';
import { asWireRequest } from '../../emulators/signature/as-wire-request.ts';
import type { WireRequest } from '../../emulators/signature/canonical-request.ts';
import { verifySignature } from '../../emulators/signature/verify-signature.ts';
import type { InvocationResult } from '../lambda/invocation-result.ts';
import type { HttpApiDescription, RouteDescription } from '../resources/http-api.ts';
import type { StackIdentity } from '../template/identity.ts';
import type { CallerCredentials } from './caller.ts';
import { functionAnswer, type HttpAnswer, serviceAnswer } from './function-response.ts';
import { requestEvent } from './request-event.ts';
import { createRouteTable, type RouteMatch, type RouteTable } from './route-table.ts';

/** What the API tells about a request once it is answered. */
export interface ServedRequest {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  /** ARN of the caller; undefined if it is not known, or the route asks for none. */
  readonly caller: string | undefined;
  /** Why it was refused or failed. The caller is not told. */
  readonly reason: string | undefined;
}

/** What the API needs from the runner. */
export interface HttpApiOptions {
  readonly description: HttpApiDescription;
  readonly identity: StackIdentity;
  readonly callers: readonly CallerCredentials[];
  readonly invoke: (functionLogicalId: string, event: unknown) => Promise<InvocationResult>;
  /** Whether the API may invoke the function of a route. */
  readonly mayInvoke: (route: RouteDescription) => boolean;
  readonly onServed: (request: ServedRequest) => void;
  /** Clock, milliseconds since the epoch. */
  readonly now: () => number;
  /** @default a free port */
  readonly port?: number | undefined;
}

interface Outcome {
  readonly answer: HttpAnswer;
  readonly reason?: string;
  readonly caller?: string | undefined;
}

/** API Gateway's limit for a request: 10 MB. */
const bodyLimitBytes = 10 * 1024 * 1024;

/** Serves the HTTP API of a template on loopback, as API Gateway does. */
export async function startHttpApi(options: HttpApiOptions): Promise<LoopbackServer> {
  const api = new HttpApi(options);
  return listenOnLoopback((request, response) => api.serve(request, response), options.port);
}

class HttpApi {
  readonly #options: HttpApiOptions;
  readonly #routes: RouteTable;

  constructor(options: HttpApiOptions) {
    this.#options = options;
    this.#routes = createRouteTable(options.description.routes);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const start = performance.now();
    const requestId = randomUUID();
    const body = await readBody(request, bodyLimitBytes);
    const wire = asWireRequest(request, body ?? Buffer.alloc(0));
    const { answer, reason, caller }: Outcome =
      body === undefined
        ? { answer: serviceAnswer(413, 'Request Entity Too Large'), reason: 'body over 10 MB' }
        : await this.#answer(wire, request, requestId);
    send(response, answer, requestId);
    this.#options.onServed({
      requestId,
      method: wire.method,
      path: wire.path,
      status: answer.status,
      durationMs: performance.now() - start,
      caller,
      reason,
    });
  }

  async #answer(wire: WireRequest, request: IncomingMessage, requestId: string): Promise<Outcome> {
    const path = this.#withoutStage(wire.path);
    const match = path === undefined ? undefined : this.#routes(wire.method, path);
    if (match === undefined) return { answer: serviceAnswer(404, 'Not Found'), reason: 'no such route' };
    const permit = this.#authorize(wire, match.route);
    if ('refusal' in permit) return { answer: serviceAnswer(403, 'Forbidden'), reason: permit.refusal };
    const event = this.#event(wire, request, requestId, match, permit.caller);
    return { ...(await this.#integrate(match.route, event)), caller: permit.caller?.userArn };
  }

  /** A named stage is the first segment of every path; the default stage is not in the path. */
  #withoutStage(path: string): string | undefined {
    const { stage } = this.#options.description;
    if (stage === '$default') return path;
    if (path === `/${stage}`) return '/';
    return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : undefined;
  }

  #authorize(
    wire: WireRequest,
    route: RouteDescription,
  ): { caller: CallerCredentials | undefined } | { refusal: string } {
    if (route.authorization === 'NONE') return { caller: undefined };
    const { callers, identity, now } = this.#options;
    const callerOf = (key: string): CallerCredentials | undefined =>
      callers.find(({ accessKeyId }) => accessKeyId === key);
    const check = verifySignature(wire, {
      region: identity.region,
      service: 'execute-api',
      secretOf: (key) => callerOf(key)?.secretAccessKey,
      now: now(),
    });
    return check.ok ? { caller: callerOf(check.accessKeyId) } : { refusal: `signature: ${check.reason}` };
  }

  #event(
    wire: WireRequest,
    request: IncomingMessage,
    requestId: string,
    match: RouteMatch,
    caller: CallerCredentials | undefined,
  ): unknown {
    const { description, identity, now } = this.#options;
    return requestEvent(wire, description, identity, {
      requestId,
      time: now(),
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      protocol: `HTTP/${request.httpVersion}`,
      match,
      caller,
    });
  }

  async #integrate(route: RouteDescription, event: unknown): Promise<Outcome> {
    if (!this.#options.mayInvoke(route)) {
      return { answer: serviceAnswer(500, 'Internal Server Error'), reason: 'not allowed to invoke' };
    }
    const result = await beforeTimeout(this.#options.invoke(route.functionLogicalId, event), route.timeoutMs);
    if (result === undefined) {
      return { answer: serviceAnswer(503, 'Service Unavailable'), reason: 'integration timeout' };
    }
    const failure = serviceAnswer(500, 'Internal Server Error');
    if (!result.ok) return { answer: failure, reason: result.error.errorType };
    const answer = functionAnswer(result.payload);
    return answer === undefined ? { answer: failure, reason: 'malformed function response' } : { answer };
  }
}

/** Undefined when the time is over first. The function itself goes on, as in the service. */
async function beforeTimeout<T>(work: Promise<T>, limitMs: number): Promise<T | undefined> {
  const { promise: timeout, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), limitMs);
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, answer: HttpAnswer, requestId: string): void {
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  response.setHeader('apigw-requestid', requestId);
  response.setHeader('content-length', answer.body.length);
  response.writeHead(answer.status).end(answer.body);
}
