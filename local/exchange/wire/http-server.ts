import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery, ReceivedRequest } from './exchange-of-messages.ts';

/** Bodies of orders are a few hundred bytes; anything above this is refused unread. */
const LARGEST_BODY = 64 * 1024;

/** A server that listens on the loopback interface only. */
export interface LoopbackServer {
  readonly url: string;
  /** Stops listening and breaks every open connection, those left hanging on purpose included. */
  close(): Promise<void>;
}

/** What the transport asks of the exchange behind it. */
export interface Service {
  serve(request: ReceivedRequest): Delivery;
  /** Calls back once market time has come; at once when it has. */
  whenMarketTime(at: number, send: () => void): void;
  /** The exchange's own time for the `Date` header, milliseconds since 1970. */
  exchangeTime(): number;
}

/** Reads a body as raw bytes, or undefined when it is too large. */
export async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: unknown = chunk;
    if (!(bytes instanceof Buffer)) continue;
    size += bytes.length;
    // The rest is read and dropped: leaving early would break the connection before the 413 is sent.
    if (size <= LARGEST_BODY) chunks.push(bytes);
  }
  return size > LARGEST_BODY ? undefined : Buffer.concat(chunks);
}

function receive(request: IncomingMessage, body: Uint8Array): ReceivedRequest {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method ?? '',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers: request.headers,
    body,
  };
}

function send(
  response: ServerResponse,
  delivery: Extract<Delivery, { kind: 'respond' }>,
  date: string,
): void {
  if (response.destroyed) return;
  const { status, headers, bytes, cutAfter } = delivery;
  const length = status === 204 ? {} : { 'content-length': String(bytes.length) };
  response.sendDate = false;
  response.writeHead(status, { date, ...length, ...headers });
  if (cutAfter === undefined) {
    response.end(bytes);
    return;
  }
  // The client must have seen the first part before the connection breaks.
  response.write(bytes.subarray(0, cutAfter), () => response.destroy());
}

function deliverTo(
  request: IncomingMessage,
  response: ServerResponse,
  delivery: Delivery,
  service: Service,
): void {
  const date = new Date(service.exchangeTime()).toUTCString();
  switch (delivery.kind) {
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'respond':
      if (delivery.notBefore === undefined) send(response, delivery, date);
      else service.whenMarketTime(delivery.notBefore, () => send(response, delivery, date));
  }
}

async function handle(request: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  deliverTo(request, response, service.serve(receive(request, body)), service);
}

/** Listens on a port of the loopback interface; port 0 takes any free one. */
export async function listen(server: Server, port: number): Promise<LoopbackServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** The exchange's HTTP side: raw requests in, deliveries out, and no rule of its own. */
export function createExchangeServer(service: Service, log: (line: string) => void): Server {
  return createServer((request, response) => {
    handle(request, response, service).catch((error: unknown) => {
      log(`request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      if (response.headersSent || response.destroyed) response.destroy();
      else response.writeHead(500).end();
    });
  });
}
