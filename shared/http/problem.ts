/** One thing that is wrong with a request. */
export interface FieldProblem {
  /** The field of the body, or the name of the header, parameter or query parameter. */
  readonly field: string;
  /** What is wrong and what would be right. */
  readonly message: string;
}

/** Every problem this API answers with: its status and its title. The codes are stable. */
export const problemCatalogue = {
  'invalid-request': { status: 400, title: 'The request is not valid.' },
  'unknown-route': { status: 404, title: 'There is nothing at this path.' },
  'unknown-order': { status: 404, title: 'There is no order with this id.' },
  'unknown-reservation': { status: 404, title: 'There is no reservation with this id.' },
  'method-not-allowed': { status: 405, title: 'This path has other methods: those in Allow.' },
  'order-already-final': { status: 409, title: 'The order is over and cannot be cancelled.' },
  'order-not-located': {
    status: 409,
    title: 'The exchange has not confirmed the order yet, so it cannot be cancelled yet.',
  },
  'reservation-over': {
    status: 409,
    title: "The reservation's window has ended; there is nothing to cancel.",
  },
  'no-liquidity': {
    status: 409,
    title: 'The market does not offer that many Units at or below the maximum price.',
  },
  'too-many-alike': {
    status: 409,
    title: 'Too many orders with these terms are unclear. Nothing was recorded or sent.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body has more than 4096 bytes. Nothing was recorded.',
  },
  'key-used-for-another-order': {
    status: 422,
    title: 'This Idempotency-Key belongs to another order. Nothing was sent.',
  },
  'key-used-for-another-reservation': {
    status: 422,
    title: 'This Idempotency-Key belongs to another reservation. Nothing was recorded.',
  },
  'order-refused': {
    status: 422,
    title: 'The exchange refused the order. A new try needs a new Idempotency-Key.',
  },
  'over-budget': {
    status: 402,
    title: 'The order would cost more than is left for it. Nothing was recorded.',
  },
  'too-many-orders': {
    status: 429,
    title: 'There were as many orders in this hour as may be. Nothing was recorded.',
  },
  stopped: { status: 423, title: 'Buying is stopped. Nothing was recorded or sent.' },
  'exchange-refused-us': { status: 502, title: 'The exchange refused the request.' },
  'exchange-unreadable': { status: 502, title: 'The answer of the exchange could not be understood.' },
  'exchange-unavailable': { status: 503, title: 'The exchange cannot be reached or is busy.' },
  'signing-key-unavailable': { status: 503, title: 'There is no usable signing key. Nothing was sent.' },
  'balances-not-read': {
    status: 503,
    title: 'No check has read the balances yet. POST /checks begins one.',
  },
  'store-unavailable': { status: 503, title: 'The order store is not available. Nothing was sent.' },
  'settings-changed': {
    status: 503,
    title: 'The settings were changed meanwhile. Nothing was recorded or sent.',
  },
  'order-not-sent': {
    status: 503,
    title:
      'The order was recorded but not sent. It will end as EXPIRED or ABANDONED; a new try needs a new Idempotency-Key.',
  },
  'internal-error': { status: 500, title: 'Something went wrong that should not. It was logged.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problemCatalogue;

/** What a problem says beyond its code. */
export interface ProblemDetails {
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  /** The order it is about, as it is shown elsewhere. */
  readonly order?: object;
  /** The reservation it is about, as it is shown elsewhere. */
  readonly reservation?: object;
  /** Methods that the path has. */
  readonly allow?: readonly string[];
  /** Whole seconds after which another try may help. */
  readonly retryAfterSeconds?: number;
}

/** Ends a request with a problem document. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(problemCatalogue[code].title);
    this.name = 'ProblemError';
    this.code = code;
    this.details = details;
  }
}

/** An answer in the form that API Gateway takes. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The problem as `application/problem+json` (RFC 9457). */
export function problemAnswer(code: ProblemCode, details: ProblemDetails = {}): HttpAnswer {
  const { status, title } = problemCatalogue[code];
  const { retryAfterSeconds, allow, ...members } = details;
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      ...(allow === undefined ? {} : { allow: allow.join(', ') }),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify({ type: `urn:grid-buyer:problem:${code}`, title, status, code, ...members }),
  };
}

/** A success as JSON. */
export function jsonAnswer(
  statusCode: number,
  body: object,
  headers: Record<string, string> = {},
): HttpAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
