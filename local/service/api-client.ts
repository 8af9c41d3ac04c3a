import { AwsClient } from 'aws4fetch';
import type { AwsCredentials } from '../emulators/aws-endpoint.ts';

/** An answer of our API. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body, or its text where it is no JSON. */
  readonly body: unknown;
}

/** Calls our API as a team's application would: signed with SigV4. */
export interface ApiClient {
  get(path: string): Promise<ApiAnswer>;
  delete(path: string): Promise<ApiAnswer>;
  /** Stops all buying. */
  stop(body?: object): Promise<ApiAnswer>;
  /** Has the balances checked now. */
  checkNow(body?: object): Promise<ApiAnswer>;
  /** Places an order. The body is sent as it is if it is text. */
  placeOrder(idempotencyKey: string, body: object | string): Promise<ApiAnswer>;
  /** Reserves capacity. The body is sent as it is if it is text. */
  makeReservation(idempotencyKey: string, body: object | string): Promise<ApiAnswer>;
}

/** API Gateway gives up after 30 s. */
const longestAnswerMs = 40_000;

/** @param origin of the API, without a slash at the end */
export function createApiClient(origin: string, region: string, credentials: AwsCredentials): ApiClient {
  const aws = new AwsClient({ ...credentials, region, service: 'execute-api', retries: 0 });
  const call = async (path: string, init: RequestInit): Promise<ApiAnswer> => {
    const signal = AbortSignal.timeout(longestAnswerMs);
    const response = await aws.fetch(`${origin}${path}`, { ...init, signal });
    return { status: response.status, headers: response.headers, body: parse(await response.text()) };
  };
  const tell = (path: string, body: object | undefined): Promise<ApiAnswer> =>
    call(path, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const post = (path: string, idempotencyKey: string, body: object | string): Promise<ApiAnswer> =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    get: (path) => call(path, { method: 'GET' }),
    delete: (path) => call(path, { method: 'DELETE' }),
    checkNow: (body) => tell('/checks', body),
    stop: (body) => tell('/stop', body),
    placeOrder: (idempotencyKey, body) => post('/orders', idempotencyKey, body),
    makeReservation: (idempotencyKey, body) => post('/reservations', idempotencyKey, body),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
