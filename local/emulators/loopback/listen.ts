import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** An HTTP server that only this machine can reach. */
export interface LoopbackServer {
  readonly port: number;
  readonly url: string;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/**
 * Serves HTTP on 127.0.0.1. Port 0 lets the system choose, which is the only safe way to get a free port.
 * A handler that throws is answered with a bare 500, so that one bad request never ends the process.
 */
export async function listenOnLoopback(handler: Handler, port = 0): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    handle(handler, request, response).catch(() => answerFailure(response));
  });
  // An invocation may be waited for far longer than Node's default of five minutes.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await handler(request, response);
}

function answerFailure(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end();
}
