import * as v from 'valibot';
import { parseDecimal, type Usd } from '../ledger/decimal.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import type { TimeInForce } from '../orders/order.ts';
import { fieldProblem, instrumentNamed, keyProblems, marketField, marketProblems } from './body-problems.ts';
import { type FieldProblem, ProblemError } from './problem.ts';

/** What a caller wants to buy, checked. */
export interface OrderRequest {
  readonly idempotencyKey: string;
  readonly limits: BuyingLimits;
  /** Whole Units. */
  readonly quantity: bigint;
  /** Undefined for a market order. */
  readonly limitPrice: Usd | undefined;
  readonly timeInForce: TimeInForce;
}

const decimalHint = 'must be a decimal string in USD such as "2.50"';
const priceField = v.pipe(
  v.string(decimalHint),
  v.check(
    (text) => (parseDecimal(text) ?? 0n) > 0n,
    `${decimalHint}, greater than zero, with at most 8 decimals`,
  ),
);

/** The body of `POST /orders`. */
export const orderBodySchema = v.strictObject({
  market: marketField,
  type: v.picklist(['limit', 'market'], 'must be "limit" or "market"'),
  /** Whole Units. */
  quantity: v.pipe(
    v.number('must be a whole number of Units, at least 1'),
    v.safeInteger('must be a whole number of Units, at least 1'),
    v.minValue(1, 'must be a whole number of Units, at least 1'),
  ),
  /** USD per Unit; for limit orders. */
  price: v.optional(priceField),
  timeInForce: v.optional(
    v.picklist(['gtc', 'ioc', 'fok', 'day'], 'must be "gtc", "ioc", "fok" or "day"'),
    'gtc',
  ),
});

/**
 * Checks an order as a caller wrote it against its schema and the limits of its instrument.
 *
 * @throws ProblemError `invalid-request` with everything that is wrong
 */
export function parseOrderRequest(
  idempotencyKey: string | undefined,
  body: Readonly<Record<string, unknown>>,
  instruments: readonly BuyingLimits[],
): OrderRequest {
  const parsed = v.safeParse(orderBodySchema, body);
  const limits = instrumentNamed(body['market'], instruments);
  const errors = [
    ...keyProblems(idempotencyKey, 'order'),
    ...(parsed.issues ?? []).map((issue) => fieldProblem(issue, 'an order')),
    ...marketProblems(body['market'], instruments),
    ...priceProblems(body, limits),
    ...quantityProblems(body['quantity'], limits),
  ];
  if (!parsed.success || errors.length > 0 || limits === undefined || idempotencyKey === undefined) {
    throw new ProblemError('invalid-request', { errors });
  }
  const { quantity, price, timeInForce } = parsed.output;
  return {
    idempotencyKey,
    limits,
    quantity: BigInt(quantity),
    limitPrice: price === undefined ? undefined : parseDecimal(price),
    timeInForce,
  };
}

function priceProblems(
  body: Readonly<Record<string, unknown>>,
  limits: BuyingLimits | undefined,
): FieldProblem[] {
  const message = priceProblem(body, limits);
  return message === undefined ? [] : [{ field: 'price', message }];
}

function priceProblem(
  { type, price }: Readonly<Record<string, unknown>>,
  limits: BuyingLimits | undefined,
): string | undefined {
  if (type === 'limit' && price === undefined) return `is missing: a limit order ${decimalHint}`;
  if (type === 'market' && price !== undefined) return 'belongs to limit orders only';
  const amount = typeof price === 'string' ? parseDecimal(price) : undefined;
  if (amount === undefined || limits === undefined) return undefined;
  if (amount > limits.maximumPrice) return 'is above the maximum price configured for the instrument';
  if (amount % limits.priceTick !== 0n) return "is not a multiple of the market's price tick";
  return undefined;
}

function quantityProblems(quantity: unknown, limits: BuyingLimits | undefined): FieldProblem[] {
  if (typeof quantity !== 'number' || limits === undefined || quantity <= Number(limits.maximumQuantity))
    return [];
  return [
    { field: 'quantity', message: `is above the maximum of ${limits.maximumQuantity} Units per order` },
  ];
}
