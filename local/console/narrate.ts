import * as v from 'valibot';
import type { StackEvent } from '../runner/stack-event.ts';

const logLine = v.looseObject({ level: v.string(), message: v.string() });
const text = v.optional(v.union([v.string(), v.number()]), '');
const orderFields = v.object({
  orderId: text,
  instrument: text,
  state: text,
  from: text,
  to: text,
  quantity: text,
  filled: text,
  reason: text,
});
const decisionFields = v.object({ instrument: text, usable: text, incoming: text, reason: text });

/** What a line of a function's log means, in a sentence; undefined for lines that tell a person nothing. */
export function narrateLog(line: string): string | undefined {
  const parsed = v.safeParse(logLine, parse(line));
  if (!parsed.success) return undefined;
  const { level, message, ...fields } = parsed.output;
  const sentence = sentences[message]?.(fields);
  if (sentence !== undefined) return sentence;
  return level === 'INFO' || level === 'DEBUG'
    ? undefined
    : `${level.toLowerCase()}: ${message} ${detail(fields)}`;
}

/** What an event of the stack means, in a sentence; undefined for events that tell a person nothing. */
export function narrateEvent(event: StackEvent): string | undefined {
  switch (event.type) {
    case 'api-request':
      return `api      ${event.method} ${event.path} -> ${event.status} in ${Math.round(event.durationMs)} ms`;
    case 'schedule-fired':
      return 'check    the schedule fires a balance check';
    case 'invocation-finished':
      return event.result.ok
        ? undefined
        : `error    ${event.function.logicalId}: ${event.result.error.errorType} ${event.result.error.errorMessage}`;
    case 'access-denied':
      return `denied   ${event.principal}: ${event.action} on ${event.resource}: ${event.why}`;
    case 'invocation-started':
      return undefined;
  }
}

type Sentence = (fields: Record<string, unknown>) => string;

const sentences: Readonly<Record<string, Sentence>> = {
  'order-recorded': (fields) => {
    const { orderId, quantity, instrument } = v.parse(orderFields, fields);
    return `order    ${orderId} recorded: ${quantity} x ${instrument}`;
  },
  'order-answered': (fields) => {
    const { orderId, state, reason } = v.parse(orderFields, fields);
    return `order    ${orderId} sent once: ${state}${reason === '' ? '' : ` (${reason})`}`;
  },
  'order-replayed': (fields) => {
    const { orderId, state } = v.parse(orderFields, fields);
    return `order    ${orderId} asked for again: nothing sent, it is ${state}`;
  },
  'order-moved': (fields) => {
    const { orderId, from, to, filled } = v.parse(orderFields, fields);
    return `order    ${orderId} ${from} -> ${to}, ${filled} filled`;
  },
  'top-up-decided': (fields) => {
    const { instrument, usable, incoming, reason } = v.parse(decisionFields, fields);
    return `check    ${instrument}: ${usable} usable, ${incoming} incoming: ${reason}`;
  },
};

function detail(fields: Record<string, unknown>): string {
  const hidden = new Set(['timestamp', 'service', 'sampling_rate', 'xray_trace_id', 'stack', 'requestId']);
  return Object.entries(fields)
    .filter(([name, value]) => !hidden.has(name) && (typeof value === 'string' || typeof value === 'number'))
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
