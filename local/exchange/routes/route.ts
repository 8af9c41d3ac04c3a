import type { Endpoint } from '../faults/fault-schema.ts';
import type { Outcome } from '../market/outcome.ts';
import type { Simulator } from '../simulator.ts';
import type { Answer, ReceivedRequest } from '../wire/exchange-of-messages.ts';
import { type Problem, problemOf } from '../wire/refusals.ts';

/** A request on its way to the route that serves it. */
export interface Call {
  readonly request: Pick<ReceivedRequest, 'headers' | 'body'>;
  readonly query: URLSearchParams;
  /** The decoded part of the path that names a row; empty when the route has none. */
  readonly id: string;
  readonly simulator: Simulator;
  /** The key that signed the request; empty on routes that need no signature. */
  readonly fingerprint: string;
}

/** Serves one endpoint. Never waits: a request is carried out in one go or not at all. */
export type Handler = (call: Call) => Answer | Problem;

export type Handlers = Partial<Record<Endpoint, Handler>>;

/** The success envelope that all bodies but a few share. */
export function data(value: unknown, status = 200): Answer {
  return { status, json: { data: value } };
}

/** Answers an outcome of the exchange: what it came to, or the refusal in its status and code. */
export function answerOutcome<Value>(
  outcome: Outcome<Value>,
  { simulator }: Call,
  answer: (value: Value) => Answer,
): Answer | Problem {
  if (outcome.accepted) return answer(outcome.value);
  return problemOf(outcome.reason, outcome.message, simulator.modes);
}

/** Market time as answers write it. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
