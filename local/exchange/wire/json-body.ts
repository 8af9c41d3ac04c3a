import * as v from 'valibot';
import type { ReceivedRequest } from './exchange-of-messages.ts';
import { type Problem, problem } from './refusals.ts';

const jsonText = v.pipe(v.string(), v.parseJson());

/** Reads a JSON body leniently, for looking into requests that may turn out to be malformed. */
function peekJson(body: Uint8Array): unknown {
  const parsed = v.safeParse(jsonText, Buffer.from(body).toString('utf8'));
  return parsed.success ? parsed.output : undefined;
}

/** Reads a string field of a body that may be anything. */
export function peekString(body: Uint8Array, field: string): string | null {
  const parsed = v.safeParse(v.looseObject({ [field]: v.string() }), peekJson(body));
  const value: unknown = parsed.success ? parsed.output[field] : null;
  return typeof value === 'string' ? value : null;
}

/** Which code a malformed field is refused with; others are a VALIDATION_ERROR. */
const FIELD_CODES: Readonly<Record<string, string>> = {
  price: 'INVALID_PRICE',
  quantity: 'INVALID_QUANTITY',
};

/** Parses a JSON body, or says what is wrong with it in one sentence. */
export function parseJsonBody<Schema extends v.GenericSchema>(
  request: Pick<ReceivedRequest, 'headers' | 'body'>,
  schema: Schema,
): { readonly parsed: v.InferOutput<Schema> } | Problem {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be application/json');
  }
  const json = v.safeParse(jsonText, Buffer.from(request.body).toString('utf8'));
  if (!json.success) return problem(400, 'INVALID_REQUEST', 'The body is not JSON');
  const result = v.safeParse(schema, json.output);
  if (result.success) return { parsed: result.output };
  const issue = result.issues[0];
  const field = v.getDotPath(issue) ?? 'body';
  return problem(400, FIELD_CODES[field] ?? 'VALIDATION_ERROR', `${field}: ${issue.message}`);
}
