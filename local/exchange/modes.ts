import * as v from 'valibot';
import { type Amount, amount, ONE, parseAmount } from './decimal.ts';

/** Seconds of market time, up to an hour: the longest lag that read models keep history for. */
const lagSeconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3600));

const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(30 * 86_400));

/** A decimal string, handed on as an exact amount. */
export const amountText = v.pipe(
  v.string('must be a decimal string such as "2.50"'),
  v.check((text) => parseAmount(text) !== undefined, 'must be a decimal string such as "2.50"'),
  v.transform((text) => amount(text)),
);

const rateLimits = v.strictObject({
  /** Limit the calls that create, change or cancel orders, per market. */
  perMarket: v.boolean(),
  /** Limit all calls of a signing key. */
  perKey: v.boolean(),
  ordersPerSecond: v.pipe(v.number(), v.integer(), v.minValue(1)),
  ordersPerMinute: v.pipe(v.number(), v.integer(), v.minValue(1)),
  requestsPerMinute: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const modes = {
  /** In Auto mode the platform buys by itself and refuses create, update and cancel with 403. */
  accountMode: v.picklist(['advanced', 'auto']),
  /** A client order id used before is refused, or makes a second order. */
  clientOrderIds: v.picklist(['refuse', 'accept']),
  duplicateStatus: v.picklist([409, 422]),
  /** Whether order lists and orders show the client's id. */
  showClientOrderIds: v.boolean(),
  quantityInput: v.picklist(['integer-or-string', 'integer']),
  /** How quantities of orders are written in answers. */
  quantityOutput: v.picklist(['number', 'string']),
  unknownOrderFields: v.picklist(['ignore', 'refuse']),
  insufficientFundsStatus: v.picklist([400, 402, 422]),
  createStatus: v.picklist([200, 201, 202]),
  cancelStatus: v.picklist([200, 204]),
  /** How long a cancelled order stays `cancellation_pending`, and can still be filled. */
  cancelDelaySeconds: seconds,
  /** The word for an order that rests unfilled. */
  openStatusWord: v.picklist(['active', 'open', 'pending']),
  /** Part of a trade's value that each side pays, `"0.001"` is 0.1 %. */
  feeRate: v.pipe(
    amountText,
    v.check((rate) => rate < ONE, 'must be below 1'),
  ),
  /** When bought Units move from the Trading to the Consumption account. */
  transfer: v.picklist(['immediate', 'delayed', 'opt-in', 'sweep', 'off']),
  transferDelaySeconds: seconds,
  /** `docs`: `{status, transfer_id}`; `data`: `{data: {id, status, quantity}}`. */
  transferAnswer: v.picklist(['docs', 'data']),
  lotLifetimeSeconds: v.pipe(seconds, v.minValue(1)),
  /** Which balance fields a consumption account shows. */
  balanceFields: v.picklist(['available', 'uncommitted', 'both', 'committed', 'missing']),
  balanceEncoding: v.picklist(['string', 'number']),
  floorBalances: v.boolean(),
  /** Show a consumption account that never held a Unit. */
  emptyAccountRows: v.boolean(),
  paging: v.picklist(['cursor', 'offset', 'null-cursor', 'stuck-cursor', 'repeating', 'absent']),
  pageSizeOverride: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  maximumPageSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
  statusFilter: v.picklist(['honoured', 'ignored']),
  orderListLagSeconds: lagSeconds,
  orderGetLagSeconds: lagSeconds,
  balanceLagSeconds: lagSeconds,
  errorEnvelope: v.picklist(['errors.detail', 'error.code', 'bare']),
  serverTimeInErrors: v.boolean(),
  orderBookShape: v.picklist(['buy-sell', 'bids-asks', 'tuples']),
  /** The clock that timestamps of signatures are held against. */
  signatureClock: v.picklist(['wall', 'market']),
  /** How far the exchange's own clock is off, in seconds; positive is ahead. */
  clockOffsetSeconds: v.pipe(v.number(), v.integer()),
};

/** Every knob that decides how the exchange behaves or how it words its answers. */
export type Modes = {
  -readonly [Name in keyof typeof modes]: v.InferOutput<(typeof modes)[Name]>;
} & { rateLimits: v.InferOutput<typeof rateLimits> };

/** A change of some modes: unknown names and values are refused. */
export const modesChangeSchema = v.strictObject({
  ...v.partial(v.strictObject(modes)).entries,
  rateLimits: v.optional(v.partial(rateLimits)),
});

export type ModesChange = v.InferInput<typeof modesChangeSchema>;

/** The world a client meets when nothing was asked for: what the newest public sources describe. */
export function defaultModes(): Modes {
  return {
    accountMode: 'advanced',
    clientOrderIds: 'refuse',
    duplicateStatus: 422,
    showClientOrderIds: true,
    quantityInput: 'integer-or-string',
    quantityOutput: 'number',
    unknownOrderFields: 'ignore',
    insufficientFundsStatus: 402,
    createStatus: 201,
    cancelStatus: 204,
    cancelDelaySeconds: 0,
    openStatusWord: 'active',
    feeRate: 0n,
    transfer: 'immediate',
    transferDelaySeconds: 60,
    transferAnswer: 'docs',
    lotLifetimeSeconds: 4 * 3600,
    balanceFields: 'available',
    balanceEncoding: 'string',
    floorBalances: false,
    emptyAccountRows: false,
    paging: 'cursor',
    pageSizeOverride: null,
    maximumPageSize: 100,
    statusFilter: 'honoured',
    orderListLagSeconds: 0,
    orderGetLagSeconds: 0,
    balanceLagSeconds: 0,
    errorEnvelope: 'errors.detail',
    serverTimeInErrors: false,
    orderBookShape: 'buy-sell',
    signatureClock: 'wall',
    clockOffsetSeconds: 0,
    rateLimits: {
      perMarket: false,
      perKey: false,
      ordersPerSecond: 7,
      ordersPerMinute: 420,
      requestsPerMinute: 100,
    },
  };
}

/** Applies a parsed change; what it does not name stays as it was. */
export function applyModes(current: Modes, change: v.InferOutput<typeof modesChangeSchema>): void {
  const { rateLimits: limits, ...rest } = change;
  Object.assign(current, withoutUndefined(rest));
  if (limits !== undefined) Object.assign(current.rateLimits, withoutUndefined(limits));
}

function withoutUndefined(change: object): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** A mode's value as it is written in JSON. */
export function showModes(current: Modes, showAmount: (value: Amount) => string): Record<string, unknown> {
  return { ...current, feeRate: showAmount(current.feeRate) };
}
