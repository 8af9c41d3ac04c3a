import type { HttpRequest, HttpResult, Transport } from '../../../../shared/transport/transport.ts';

type Headers = Extract<HttpResult, { kind: 'answer' }>['headers'];

/** An answer with a body as it came, or with this value as JSON. */
export function answer(status: number, body: unknown = '', headers: Headers = {}): HttpResult {
  return { kind: 'answer', status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** A transport that gives these results one after the other, and keeps what it was asked to send. */
export interface ScriptedTransport {
  readonly transport: Transport;
  readonly requests: readonly HttpRequest[];
}

export function scriptedTransport(...results: readonly HttpResult[]): ScriptedTransport {
  const left = [...results];
  const requests: HttpRequest[] = [];
  const transport: Transport = async (request) => {
    requests.push(request);
    const next = left.shift();
    if (next === undefined) throw new Error(`No answer is planned for ${request.method} ${request.target}.`);
    return next;
  };
  return { transport, requests };
}

/** A transport that computes each answer from the request. */
export function computedTransport(compute: (request: HttpRequest) => HttpResult): ScriptedTransport {
  const requests: HttpRequest[] = [];
  const transport: Transport = async (request) => {
    requests.push(request);
    return compute(request);
  };
  return { transport, requests };
}

/** The parameters of a request's query. */
export function queryOf(request: HttpRequest): URLSearchParams {
  return new URL(request.target, 'http://exchange.invalid').searchParams;
}
