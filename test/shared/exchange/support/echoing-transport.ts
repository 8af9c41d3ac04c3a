import type { HttpRequest, HttpResult } from '../../../../shared/transport/transport.ts';
import { computedTransport, type ScriptedTransport } from './answers.ts';
import { echoMark } from './spoilt-answers.ts';

/** An answer as it is on the wire: its body in bytes. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Extract<HttpResult, { kind: 'answer' }>['headers'];
  readonly body: Buffer;
}

/** Gives an answer's bytes as the real transport does, with the request's signature where the answer echoes it. */
export function echo(request: HttpRequest, { status, headers, body }: WireAnswer): HttpResult {
  const signature = request.headers['x-thegrid-signature'] ?? '';
  const text = body.toString('utf8').replaceAll(echoMark, signature);
  return { kind: 'answer', status, headers, body: text };
}

export function echoingTransport(answer: WireAnswer): ScriptedTransport {
  return computedTransport((request) => echo(request, answer));
}

/** Whether a text holds the signature of one of these requests, or the private key of the tests. */
export function holdsSecret(text: string, requests: readonly HttpRequest[]): boolean {
  const seed = Buffer.alloc(32, 7);
  const secrets = [
    seed.toString('base64'),
    seed.toString('hex'),
    ...requests.map((request) => request.headers['x-thegrid-signature'] ?? ''),
  ];
  return secrets.some((secret) => secret !== '' && text.includes(secret));
}
