import * as v from 'valibot';

/** Every endpoint, as faults and the request log name it. The path family's prefix is left out. */
export const ENDPOINTS = [
  'POST /orders',
  'GET /orders',
  'DELETE /orders',
  'GET /orders/count',
  'GET /orders/{id}',
  'PUT /orders/{id}',
  'DELETE /orders/{id}',
  'GET /markets',
  'GET /markets/{id}',
  'GET /markets/{id}/ticker',
  'GET /markets/{id}/orderbook',
  'GET /markets/{id}/trades',
  'DELETE /markets/{id}/orders',
  'GET /trades',
  'GET /trades/{id}',
  'GET /trading-accounts',
  'GET /trading-accounts/{id}',
  'GET /currency-trading-accounts',
  'GET /consumption-accounts',
  'GET /consumption-accounts/{id}',
  'GET /instruments',
  'GET /instruments/{id}',
  'GET /instruments/by-symbol/{symbol}',
  'POST /transfers/trading-to-consumption',
  'GET /transfer-histories',
  'GET /transfers/histories',
  'GET /me',
  'GET /account/limits',
  'GET /diagnostics',
  'GET /health',
] as const;

export type Endpoint = (typeof ENDPOINTS)[number];

const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(30 * 86_400));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const status = v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599));
const errorStatus = v.pipe(status, v.minValue(400));
const headers = v.record(v.string(), v.string());

/** What goes wrong. The stage says on which side of the request's own work it does. */
const effect = v.variant('kind', [
  /** Any status, with a JSON body, a text body, or the error envelope when neither is given. */
  v.strictObject({
    kind: v.literal('status'),
    status,
    json: v.optional(v.unknown()),
    text: v.optional(v.string()),
    headers: v.optional(headers),
  }),
  /** 429 with `Retry-After` in seconds, or with nothing but `x-ratelimit-reset` as a Unix epoch. */
  v.strictObject({
    kind: v.literal('rate-limited'),
    afterSeconds: v.optional(count, 1),
    hint: v.optional(v.picklist(['retry-after', 'reset-epoch', 'none']), 'retry-after'),
  }),
  v.strictObject({ kind: v.literal('reset') }),
  /** Nothing is ever sent; the connection stays open until the client or the simulator closes it. */
  v.strictObject({ kind: v.literal('hang') }),
  /** The right answer, so many seconds of market time late. */
  v.strictObject({ kind: v.literal('slow'), seconds }),
  /** The right answer's JSON, cut in half but well-formed HTTP, or cut off with the connection. */
  v.strictObject({
    kind: v.literal('truncated'),
    connection: v.optional(v.picklist(['kept', 'broken']), 'kept'),
  }),
  v.strictObject({ kind: v.literal('html'), status: v.optional(status, 502) }),
  v.strictObject({ kind: v.literal('empty'), status: v.optional(status, 200) }),
  v.strictObject({ kind: v.literal('without-id') }),
  v.strictObject({
    kind: v.literal('other-client-id'),
    clientOrderId: v.optional(v.string(), 'somebody-elses-order'),
  }),
  v.strictObject({ kind: v.literal('redirect'), location: v.optional(v.string(), '/elsewhere') }),
  v.strictObject({ kind: v.literal('not-found') }),
  /** The order is filled after the request to cancel it arrived and before it is carried out. */
  v.strictObject({ kind: v.literal('fill-during-cancel'), units: v.optional(count) }),
  /** The market stops trading, until it is resumed by hand. */
  v.strictObject({ kind: v.literal('market-suspended') }),
  /** The key that signed the request is revoked. */
  v.strictObject({ kind: v.literal('key-revoked') }),
  /** An error that repeats the request's headers, signature included, and its body: what a client must not log. */
  v.strictObject({ kind: v.literal('echo-headers'), status: v.optional(errorStatus, 500) }),
  /** The connection ends first, and the request is carried out so many seconds of market time later. */
  v.strictObject({
    kind: v.literal('late-acceptance'),
    seconds,
    connection: v.optional(v.picklist(['hang', 'reset', '504']), 'reset'),
  }),
]);

const when = v.union(
  [
    /** The n-th matching call from now, once. */
    v.strictObject({ call: count }),
    /** The next calls, so many of them. */
    v.strictObject({ next: count }),
    /** Each matching call with this chance, drawn from the seed. */
    v.strictObject({ probability: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
    v.strictObject({ always: v.literal(true) }),
  ],
  'must be one of {"call": n}, {"next": n}, {"probability": p}, {"always": true}',
);

const BEFORE_ONLY = ['fill-during-cancel', 'late-acceptance'];
const AFTER_ONLY = ['other-client-id', 'slow'];

/** A fault as it is asked for. */
export const faultSchema = v.pipe(
  v.strictObject({
    endpoint: v.union(
      [v.picklist(ENDPOINTS), v.picklist(['*', 'GET *', 'POST *', 'PUT *', 'DELETE *'])],
      'must be "*", "GET *", "POST *", "PUT *", "DELETE *" or an endpoint such as "POST /orders"',
    ),
    when: v.optional(when, { next: 1 }),
    /** `before`: the request is not carried out. `after`: it is, and then its answer is lost or spoiled. */
    stage: v.optional(v.picklist(['before', 'after'])),
    effect,
  }),
  v.check(
    (fault) => !(fault.stage === 'after' && BEFORE_ONLY.includes(fault.effect.kind)),
    `${BEFORE_ONLY.join(' and ')} happen before the request is carried out: use stage "before"`,
  ),
  v.check(
    (fault) => !(fault.stage === 'before' && AFTER_ONLY.includes(fault.effect.kind)),
    `${AFTER_ONLY.join(' and ')} change the real answer: use stage "after"`,
  ),
  v.check(
    (fault) => fault.effect.kind !== 'fill-during-cancel' || fault.endpoint === 'DELETE /orders/{id}',
    'fill-during-cancel needs the endpoint "DELETE /orders/{id}"',
  ),
);

export type FaultInput = v.InferInput<typeof faultSchema>;
export type Fault = v.InferOutput<typeof faultSchema>;
export type Effect = Fault['effect'];

/** The stage of a fault that does not name one: what spoils an answer needs an answer to spoil. */
export function stageOf(fault: Fault): 'before' | 'after' {
  if (fault.stage !== undefined) return fault.stage;
  const spoilsAnswer = ['slow', 'truncated', 'empty', 'without-id', 'other-client-id'];
  return spoilsAnswer.includes(fault.effect.kind) ? 'after' : 'before';
}
