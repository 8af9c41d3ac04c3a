import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { pipeline } from 'node:stream';

/** Serves TLS, passes requests on to a server without it, and counts them. */
export interface TlsFront {
  /** Origin, without a slash at the end. */
  readonly url: string;
  /** How many requests have come since the last time this was asked, by operation: `PutItem`, `POST /orders`. */
  takeCounts(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** A key and a certificate, in PEM. */
export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** Requests for this path go no further. */
const answeredAtOnce = '/bare';

/** @param target the origin behind it; asked at each request */
export async function startTlsFront(certificate: Certificate, target: () => string): Promise<TlsFront> {
  const agent = new Agent({ keepAlive: true });
  let counts = new Map<string, number>();
  const server = createServer({ ...certificate, keepAliveTimeout: 60_000 }, (incoming, response) => {
    const operation = operationOf(incoming);
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    if (incoming.url === answeredAtOnce) incoming.resume().on('end', () => response.end('{}'));
    else passOn(incoming, response, new URL(target()), agent);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `https://127.0.0.1:${address.port}`,
    takeCounts: () => {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

/** With the headers as they came: they are signed. */
function passOn(incoming: IncomingMessage, response: ServerResponse, target: URL, agent: Agent): void {
  const { method, url: path, rawHeaders: headers } = incoming;
  const onward = request(
    { hostname: target.hostname, port: target.port, method, path, headers, agent },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      pipeline(answer, response, () => {});
    },
  );
  onward.on('error', () => response.destroy());
  pipeline(incoming, onward, () => {});
}

/** What AWS calls it, or the method and the resource without ids. */
function operationOf({ headers, method, url = '' }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? target;
  const [path = ''] = url.split('?');
  const resource = path.replace(/^\/api\/v1\/trading/, '').replace(/(?<=^\/[a-z-]+\/)[^/]+/, '{id}');
  return `${method} ${resource}`;
}
