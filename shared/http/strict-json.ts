import { ProblemError } from './problem.ts';

const jsonString = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/**
 * Reads a request's body as one flat JSON object. A name that stands there twice is refused, because readers
 * differ in which value they take.
 *
 * @throws ProblemError `invalid-request`
 */
export function parseFlatObject(text: string): Record<string, unknown> {
  const json = parse(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw invalidBody('must be a JSON object such as {"market": "chat-prime", ...}');
  }
  const entries = Object.entries(json);
  if (entries.some(([, value]) => typeof value === 'object' && value !== null)) {
    throw invalidBody('must be a flat object, without objects or lists in it');
  }
  if (countNames(text) !== entries.length) throw invalidBody('names a field twice');
  return Object.fromEntries(entries);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidBody('must be JSON');
  }
}

/** How many names the flat, valid JSON object has, repetitions included. */
function countNames(text: string): number {
  return [...text.matchAll(jsonString)].filter(([, colon]) => colon !== undefined).length;
}

function invalidBody(message: string): ProblemError {
  return new ProblemError('invalid-request', { errors: [{ field: 'body', message }] });
}
