import * as v from 'valibot';

/** What goes back to the caller. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

const scalar = v.union([v.string(), v.number(), v.boolean()]);

const responseSchema = v.object({
  statusCode: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{3}$/), v.transform(Number))]),
    v.integer(),
    v.minValue(100),
    v.maxValue(599),
  ),
  headers: v.optional(v.nullable(v.record(v.string(), scalar))),
  cookies: v.optional(v.nullable(v.array(v.string()))),
  body: v.optional(v.nullable(v.string())),
  isBase64Encoded: v.optional(v.nullable(v.boolean()), false),
});

/** An answer of the service itself. */
export function serviceAnswer(status: number, message: string): HttpAnswer {
  return jsonAnswer(status, { message });
}

/**
 * Turns what a function returned into an answer, by the rules of payload format 2.0:
 * without `statusCode`, the whole value is the body of a 200. Undefined when the shape is wrong.
 */
export function functionAnswer(payload: unknown): HttpAnswer | undefined {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload)) {
    return jsonAnswer(200, payload);
  }
  const parsed = v.safeParse(responseSchema, payload);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.output;
  const named = Object.entries(headers ?? {}).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    String(value),
  ]);
  return {
    status: statusCode,
    headers: [
      ...(named.some(([name]) => name === 'content-type') ? [] : [plainText]),
      ...named.filter(([name]) => !ownedHeaders.has(name)),
      ...(cookies ?? []).map((cookie): [string, string] => ['set-cookie', cookie]),
    ],
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

const plainText: [string, string] = ['content-type', 'text/plain;charset=UTF-8'];

/** Headers that belong to the connection or to the service. */
const ownedHeaders = new Set(['connection', 'content-length', 'transfer-encoding', 'apigw-requestid']);

function jsonAnswer(status: number, value: unknown): HttpAnswer {
  return {
    status,
    headers: [['content-type', 'application/json']],
    // A bare string is sent as it is, without quotes.
    body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  };
}
