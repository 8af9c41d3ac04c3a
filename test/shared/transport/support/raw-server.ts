import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';

/** A server that sees the bytes of each connection, and answers as a test wants it to. */
export interface RawServer extends AsyncDisposable {
  readonly origin: URL;
  /** Each whole request as it came, over all connections. */
  readonly requests: readonly string[];
  /** How many connections were made. */
  connections(): number;
  /** Makes TLS sessions of before unusable. */
  forgetSessions(): void;
}

/** What to do once a whole request came. */
type Respond = (socket: net.Socket, request: string) => void;

/** Starts a server on a free port of this machine; over TLS if it is given a key and a certificate. */
export async function startRawServer(respond: Respond, secure?: tls.TlsOptions): Promise<RawServer> {
  const requests: string[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const onConnection = (socket: net.Socket): void => {
    let received = '';
    socket.on('error', () => socket.destroy());
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      const end = endOfRequest(received);
      if (end === undefined) return;
      requests.push(received.slice(0, end));
      received = received.slice(end);
      respond(socket, requests.at(-1) ?? '');
    });
  };
  const server =
    secure === undefined ? net.createServer(onConnection) : tls.createServer(secure, onConnection);
  server.on('connection', (socket: net.Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: new URL(`${secure === undefined ? 'http' : 'https'}://127.0.0.1:${portOf(server)}`),
    requests,
    connections: () => connections,
    forgetSessions: () => {
      if (server instanceof tls.Server) server.setTicketKeys(randomBytes(48));
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port of this machine on which nobody listens. */
export async function unusedOrigin(): Promise<URL> {
  const server = await startRawServer(() => undefined);
  await server[Symbol.asyncDispose]();
  return server.origin;
}

function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return address.port;
}

function endOfRequest(received: string): number | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const length = /^content-length: *(\d+)/im.exec(received.slice(0, headEnd))?.[1] ?? '0';
  const end = headEnd + 4 + Number(length);
  return received.length >= end ? end : undefined;
}

/** An HTTP answer as text, with the right length. */
export function httpAnswer(status: string, body = '', headers: readonly string[] = []): string {
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return [`HTTP/1.1 ${status}`, length, ...headers, '', body].join('\r\n');
}
