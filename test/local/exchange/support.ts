import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { expect, onTestFinished } from 'vitest';
import { type ExchangeOptions, type RunningExchange, startExchange } from '../../../local/exchange/start.ts';

export const CHAT_PRIME_MARKET = 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c';
export const PREFIX = '/api/v1/trading';

/** A key pair of a client, made with Node's own cryptography and not with the simulator's library. */
export interface ClientKey {
  readonly privateKey: KeyObject;
  readonly publicKey: string;
  readonly fingerprint: string;
}

export function createClientKey(): ClientKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const fingerprint = createHash('sha256').update(raw).digest('base64').replace('=', '');
  return { privateKey, publicKey: raw.toString('base64'), fingerprint };
}

const defaultKey = createClientKey();

/** What came back over the wire, nothing interpreted. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RawRequest {
  readonly method: string;
  /** Path and query as they go on the wire. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Gives up after so many milliseconds of silence. */
  readonly giveUpAfter?: number;
}

/** Sends one request over a fresh connection. Rejects with the code of the failure when there is no whole answer. */
export function sendRaw(base: string, raw: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const options = { method: raw.method, agent: false, headers: { ...raw.headers } };
    const url = new URL(base);
    const request = httpRequest(
      { ...options, host: url.hostname, port: url.port, path: raw.target },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    request.on('error', reject);
    if (raw.giveUpAfter !== undefined) {
      request.setTimeout(raw.giveUpAfter, () => request.destroy(new Error('gave up waiting')));
    }
    request.end(raw.body);
  });
}

/** What a request is signed over; each part can be falsified. */
export interface Signing {
  readonly key?: ClientKey;
  readonly timestamp?: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly fingerprint?: string;
}

export function signedHeaders(request: RawRequest, signing: Signing = {}): Record<string, string> {
  const key = signing.key ?? defaultKey;
  const timestamp = signing.timestamp ?? String(Math.floor(Date.now() / 1000));
  const path = signing.path ?? request.target.split('?')[0] ?? '';
  const message = `${timestamp}${signing.method ?? request.method}${path}${signing.body ?? request.body ?? ''}`;
  return {
    'x-thegrid-signature': sign(null, Buffer.from(message), key.privateKey).toString('base64'),
    'x-thegrid-timestamp': timestamp,
    'x-thegrid-fingerprint': signing.fingerprint ?? key.fingerprint,
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
  };
}

/** An answer with its JSON; `json` is undefined when there was no body. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly json: unknown;
}

export interface World {
  readonly exchange: RunningExchange;
  readonly admin: RunningExchange['admin'];
  /** Sends a signed request; the path is below the prefix. */
  call(method: string, path: string, body?: unknown): Promise<JsonAnswer>;
  /** Places a buy of Chat Prime that differs from the seed's order where `change` says so. */
  buy(change?: Record<string, unknown>): Promise<JsonAnswer>;
}

/** Starts an exchange whose market time stands still, with a signed client; it is closed with the test. */
export async function startWorld(options: ExchangeOptions = {}): Promise<World> {
  const exchange = await startExchange({
    publicKeys: [defaultKey.publicKey],
    clock: { mode: 'stepped', startAt: '2026-03-02T09:00:00Z' },
    // Most tests are not about signatures; those that are use the default library.
    signatureLibrary: 'node',
    ...options,
  });
  onTestFinished(() => exchange.close());
  const call = async (method: string, path: string, body?: unknown): Promise<JsonAnswer> => {
    const raw: RawRequest = {
      method,
      target: `${PREFIX}${path}`,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const answer = await sendRaw(exchange.url, { ...raw, headers: signedHeaders(raw) });
    const json: unknown = answer.text === '' ? undefined : JSON.parse(answer.text);
    return { status: answer.status, headers: answer.headers, json };
  };
  return {
    exchange,
    admin: exchange.admin,
    call,
    buy: (change = {}) => call('POST', '/orders', { ...seedOrder, ...change }),
  };
}

/** The order that the exchange's own script sends. */
export const seedOrder = {
  market_id: CHAT_PRIME_MARKET,
  side: 'buy',
  type: 'limit',
  quantity: 1,
  price: '2.50',
  time_in_force: 'gtc',
  client_order_id: 'buy-1',
};

/** Sends a signed request and keeps the bytes as they came, for faults that spoil them. */
export function sendSigned(
  world: World,
  raw: Omit<RawRequest, 'target'> & { readonly path: string },
  signing: Signing = {},
): Promise<RawAnswer> {
  const request: RawRequest = { ...raw, target: `${PREFIX}${raw.path}` };
  return sendRaw(world.exchange.url, {
    ...request,
    headers: { ...signedHeaders(request, signing), ...raw.headers },
  });
}

/** Follows names and numbers into a JSON value; undefined where there is nothing. */
export function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  let here = json;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Object.entries(here).find(([name]) => name === String(step))?.[1];
  }
  return here;
}

/** The rows of a list answer, each with one field picked out. */
export function column(answer: JsonAnswer, field: string): unknown[] {
  const rows = at(answer.json, 'data');
  return Array.isArray(rows) ? rows.map((row) => at(row, field)) : [];
}

/** The order id of a create answer. */
export function orderIdOf(answer: JsonAnswer): string {
  const id = at(answer.json, 'data', 'order_id');
  if (typeof id !== 'string') throw new Error(`no order id in ${JSON.stringify(answer.json)}`);
  return id;
}

/** Like {@link at}, where only a text makes sense. */
export function textAt(json: unknown, ...path: readonly (string | number)[]): string {
  const value = at(json, ...path);
  if (typeof value !== 'string') throw new Error(`no text at ${path.join('.')} of ${JSON.stringify(json)}`);
  return value;
}

/** A matcher whose type is honest about knowing nothing. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
