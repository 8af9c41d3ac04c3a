import middy, { type MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyEventV2WithIAMAuthorizer, Context } from 'aws-lambda';
import { lambdaEndsIt } from '../composition/deadline.ts';
import { ExchangeReadError } from '../exchange/read-error.ts';
import { stackOf } from '../observability/bare-error.ts';
import type { Log } from '../observability/log.ts';
import { InvalidCursorError, StoreUnavailableError } from '../orders/store-port.ts';
import { SigningKeyUnavailableError } from '../secrets/signing-key-unavailable-error.ts';
import { type HttpAnswer, ProblemError, problemAnswer } from './problem.ts';

export type ApiEvent = APIGatewayProxyEventV2WithIAMAuthorizer;

/** Bodies of this API are small. Bytes. */
const largestBody = 4_096;

/** The body as text; API Gateway encodes what does not come as JSON or text. */
export function bodyOf(event: Pick<ApiEvent, 'body' | 'isBase64Encoded'>): string {
  const body = event.body ?? '';
  return event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}

/**
 * A handler of the HTTP API. Whatever goes wrong in it is answered with a problem document: what a caller can
 * mend in detail, what went wrong inside by its code only.
 */
export function apiHandler(
  log: Log,
  handle: (event: ApiEvent, context: Context) => Promise<HttpAnswer>,
): MiddyfiedHandler<ApiEvent, HttpAnswer> {
  return middy<ApiEvent, HttpAnswer>(undefined, lambdaEndsIt)
    .onError((request) => {
      request.response = answerTo(log, request.error);
    })
    .handler(async (event, context) => {
      if (Buffer.byteLength(bodyOf(event)) > largestBody) throw new ProblemError('body-too-large');
      return handle(event, context);
    });
}

function answerTo(log: Log, error: unknown): HttpAnswer {
  if (error instanceof ProblemError) return problemAnswer(error.code, error.details);
  if (error instanceof InvalidCursorError) {
    return problemAnswer('invalid-request', { errors: [{ field: 'cursor', message: error.message }] });
  }
  if (error instanceof StoreUnavailableError) {
    log.error('request-failed', { error: error.name, code: error.code });
    return problemAnswer('store-unavailable', { retryAfterSeconds: 5 });
  }
  if (error instanceof SigningKeyUnavailableError) {
    log.error('request-failed', { error: error.name, code: error.code });
    return problemAnswer('signing-key-unavailable', { detail: error.message });
  }
  if (error instanceof ExchangeReadError) return exchangeProblem(log, error);
  // A stack names our own code only; a message may quote what came from outside.
  log.error('request-failed', {
    error: error instanceof Error ? error.name : 'unknown',
    stack: stackOf(error),
  });
  return problemAnswer('internal-error');
}

function exchangeProblem(log: Log, error: ExchangeReadError): HttpAnswer {
  const { kind, resource, status, code } = error;
  log.error('request-failed', { error: error.name, kind, resource, status, code });
  switch (kind) {
    case 'unavailable':
    case 'rate-limited':
      return problemAnswer('exchange-unavailable', { detail: error.message, retryAfterSeconds: 5 });
    case 'unreadable':
      return problemAnswer('exchange-unreadable', { detail: error.message });
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'refused':
      return problemAnswer('exchange-refused-us', { detail: error.message });
  }
}
