import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import tls from 'node:tls';

/** One HTTP request, exactly as it is to go over the wire. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** For everything from connecting to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Whether a kept-alive connection may carry it. Never for an order: a stale one hides whether it arrived. */
  readonly reuseConnection: boolean;
}

/** What came of a request. Nothing is thrown, nothing is repeated, no redirect is followed. */
export type HttpResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<http.IncomingHttpHeaders>;
      readonly body: string;
    }
  /** The connection failed before a byte of the request left. */
  | { readonly kind: 'not-sent'; readonly code: string }
  /** The request left, or may have; no complete answer came. */
  | { readonly kind: 'no-answer'; readonly code: string };

export type Transport = (request: HttpRequest) => Promise<HttpResult>;

/** A transport with connections of its own. */
export interface ConnectedTransport extends Transport {
  /** Gets to know the server, without a request: later connections go on with this TLS session. Never fails. */
  readonly meet: () => Promise<void>;
  /** Closes the connections that are kept. */
  readonly close: () => void;
}

/** An answer larger than this is none of those that are asked here. */
const maximumAnswerBytes = 4 * 1024 * 1024;

const longestMeetingMs = 1_000;
/** A session comes right after the handshake, if the server gives one at all. */
const longestWaitForSessionMs = 200;

/** Connections that are kept alive for one server, if nothing else is asked for. */
const usualMaxSockets = 8;

/**
 * HTTP over `node:https` (`fetch` follows redirects with the signature, and costs 50 ms at a cold start). Every connection
 * goes on with the TLS session of the one before, which takes a fraction of a handshake; an order still gets a connection
 * of its own.
 *
 * @param options.maxSockets how many requests may be under way at once over connections that are kept; others wait
 */
export function createTransport(
  origin: URL,
  { maxSockets = usualMaxSockets }: { readonly maxSockets?: number } = {},
): ConnectedTransport {
  return origin.protocol === 'https:'
    ? overTls(origin, maxSockets)
    : Object.assign(over(http, origin, maxSockets), { meet: async () => {} });
}

function overTls(origin: URL, maxSockets: number): ConnectedTransport {
  // Loads the certificates of all authorities, once.
  const secureContext = tls.createSecureContext();
  let session: Buffer | undefined;
  const remember = (socket: tls.TLSSocket): void => {
    socket.on('session', (latest) => {
      session = latest;
    });
  };
  const connectionOptions = () => ({ secureContext, ...(session === undefined ? {} : { session }) });
  const meet = (): Promise<void> =>
    new Promise((resolve) => {
      const [host, port] = [origin.hostname, Number(origin.port || 443)];
      const servername = isIP(host) === 0 ? { servername: host } : {};
      const socket = tls.connect({ host, port, secureContext, ...servername });
      remember(socket);
      let timer = setTimeout(() => socket.destroy(), longestMeetingMs);
      socket.once('secureConnect', () => {
        clearTimeout(timer);
        timer = setTimeout(() => socket.destroy(), longestWaitForSessionMs);
      });
      socket.once('session', () => socket.end());
      socket.on('error', () => {});
      socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      // Until it is closed.
      socket.resume();
    });
  return Object.assign(over(https, origin, maxSockets, connectionOptions, remember), { meet });
}

function over(
  library: typeof http | typeof https,
  origin: URL,
  maxSockets: number,
  connectionOptions: () => tls.ConnectionOptions = () => ({}),
  onTlsSocket: (socket: tls.TLSSocket) => void = () => {},
): Transport & Pick<ConnectedTransport, 'close'> {
  const keptAlive = new library.Agent({ keepAlive: true, maxSockets });
  const transport: Transport = (request) =>
    new Promise((resolve) => {
      try {
        const outgoing = library.request(origin, {
          ...connectionOptions(),
          method: request.method,
          path: request.target,
          headers: request.body
            ? { ...request.headers, 'content-length': request.body.length }
            : request.headers,
          agent: request.reuseConnection ? keptAlive : false,
        });
        outgoing.once('socket', (socket) => {
          if (socket instanceof tls.TLSSocket && !outgoing.reusedSocket) onTlsSocket(socket);
        });
        exchangeMessages(outgoing, request, resolve);
      } catch (error) {
        // A path or a header that cannot be written.
        resolve({ kind: 'not-sent', code: errorCode(error) });
      }
    });
  return Object.assign(transport, { close: () => keptAlive.destroy() });
}

function exchangeMessages(
  outgoing: http.ClientRequest,
  request: HttpRequest,
  resolve: (result: HttpResult) => void,
): void {
  let connected = false;
  const finish = (result: HttpResult): void => {
    clearTimeout(timer);
    resolve(result);
  };
  // Says so itself: a request whose socket was taken from it (101, for one) reports nothing when destroyed.
  const timer = setTimeout(() => {
    finish({ kind: connected ? 'no-answer' : 'not-sent', code: 'timeout' });
    outgoing.destroy();
  }, request.timeoutMs);
  outgoing.on('socket', (socket) => {
    const isTls = 'encrypted' in socket;
    connected = outgoing.reusedSocket || (!isTls && !socket.connecting);
    // It would never be called, and stay for as long as the connection is kept.
    if (connected) return;
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      connected = true;
    });
  });
  outgoing.on('error', (error) => {
    finish({ kind: connected ? 'no-answer' : 'not-sent', code: errorCode(error) });
  });
  outgoing.on('response', (response) => {
    readBody(response).then(
      (body) => finish({ kind: 'answer', status: response.statusCode ?? 0, headers: response.headers, body }),
      (error: unknown) => {
        outgoing.destroy();
        finish({ kind: 'no-answer', code: errorCode(error) });
      },
    );
  });
  outgoing.end(request.body);
}

async function readBody(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumAnswerBytes) throw transportError('answer-too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function transportError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** The code of an error and nothing else: messages and stacks can hold headers. */
function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(code) ? code : 'transport-error';
}
