import type { ServerResponse } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '../../emulators/loopback/listen.ts';
import { readBody } from '../../emulators/loopback/read-body.ts';

/** What the runtime in a sandbox tells the platform. */
export interface RuntimeListener {
  /** It is ready for an event. Answer through the callback, now or later. */
  next(deliver: (delivery: Delivery) => void): void;
  /** The handler's answer. `body` is undefined when it is over the size limit. */
  response(requestId: string, body: string | undefined): void;
  /** The handler threw. */
  error(requestId: string, body: string): void;
  /** The function could not be loaded. */
  initError(body: string): void;
}

/** One event on its way into the sandbox. */
export interface Delivery {
  readonly requestId: string;
  readonly functionArn: string;
  /** Milliseconds since the epoch. */
  readonly deadlineMs: number;
  /** The time to live in until the next event, milliseconds since the epoch; undefined for the computer's own. */
  readonly timeMs: number | undefined;
  readonly traceId: string;
  /** JSON. */
  readonly event: string;
}

/** Lambda's limit for a buffered response: 6 MB and a little room for the platform. */
export const responseLimitBytes = 6_291_556;

const prefix = '/2018-06-01/runtime';

/** Serves Lambda's Runtime API for one sandbox. */
export function startRuntimeApi(listener: RuntimeListener): Promise<LoopbackServer> {
  return listenOnLoopback(async (request, response) => {
    const path = request.url ?? '';
    if (request.method === 'GET' && path === `${prefix}/invocation/next`) {
      listener.next((delivery) => deliver(response, delivery));
      return;
    }
    const body = await readBody(request, responseLimitBytes);
    receive(listener, path, body, response);
  });
}

function deliver(response: ServerResponse, delivery: Delivery): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': delivery.requestId,
    'lambda-runtime-deadline-ms': String(delivery.deadlineMs),
    'lambda-runtime-invoked-function-arn': delivery.functionArn,
    'lambda-runtime-trace-id': delivery.traceId,
    ...(delivery.timeMs === undefined ? {} : { 'local-runner-time-ms': String(delivery.timeMs) }),
  });
  response.end(delivery.event);
}

function receive(
  listener: RuntimeListener,
  path: string,
  body: Buffer | undefined,
  response: ServerResponse,
): void {
  const text = body?.toString('utf8');
  const [, requestId = '', kind] = /\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
  if (path === `${prefix}/init/error`) listener.initError(text ?? '');
  else if (kind === 'response') listener.response(requestId, text);
  else if (kind === 'error') listener.error(requestId, text ?? '');
  else {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(body === undefined ? 413 : 202).end();
}
