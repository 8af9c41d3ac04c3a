import * as v from 'valibot';
import { parseDecimal } from '../../shared/ledger/decimal.ts';
import { orderStates } from '../../shared/orders/order.ts';
import { Failure } from '../failure.ts';
import type { Input } from '../session.ts';

/**
 * What was typed, checked: everything that is wrong at once.
 *
 * @param names of the arguments, in their order
 * @throws Failure `usage`
 */
export function readInput<Schema extends v.GenericSchema>(
  { args, options }: Input,
  names: readonly string[],
  schema: Schema,
): v.InferOutput<Schema> {
  const named = Object.fromEntries(names.map((name, index) => [name, args[index]]));
  const parsed = v.safeParse(schema, { ...options, ...named });
  if (parsed.success) return parsed.output;
  const problems = parsed.issues.map((issue) => {
    const name = v.getDotPath(issue) ?? '';
    return `${names.includes(name) ? name.toUpperCase() : optionName(name)} ${issue.message}`;
  });
  throw new Failure('usage', 'That cannot be done as it was typed.', { problems });
}

function optionName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

const said = (wanted: string) => (issue: v.BaseIssue<unknown>) =>
  `${wanted}, not ${JSON.stringify(issue.input)}`;

/** USD, more than nothing. */
export const priceText = v.pipe(
  v.string(),
  v.check((text) => (parseDecimal(text) ?? 0n) > 0n, said('must be USD with a point, such as 2.50')),
);

const wholeNumber = (least: number, most: number, wanted: string) =>
  v.pipe(
    v.string(),
    v.check(
      (text) => /^(0|[1-9]\d{0,8})$/.test(text) && Number(text) >= least && Number(text) <= most,
      said(wanted),
    ),
    v.transform(Number),
  );

/** Whole Units. */
export const quantityText = wholeNumber(1, 10_000, 'must be whole Units from 1 to 10000');

export const countText = (least: number, most: number) =>
  wholeNumber(least, most, `must be a whole number from ${least} to ${most}`);

/** Seconds of waiting. */
export const secondsText = (least: number, most: number) =>
  wholeNumber(least, most, `must be seconds from ${least} to ${most}`);

export const symbolText = v.pipe(
  v.string(),
  v.check((text) => /^[A-Za-z0-9_-]{1,80}$/.test(text), said('must be a symbol such as chat-prime')),
);

export const orderIdText = v.pipe(
  v.string(),
  v.check(
    (text) => /^[\w-]{1,80}$/.test(text),
    said('must be the id of an order, such as grid-buyer orders shows it'),
  ),
);

export const stateText = v.pipe(
  v.string(),
  v.transform((text) => text.toUpperCase().replaceAll('-', '_')),
  v.picklist(
    orderStates,
    (issue) => `must be one of ${orderStates.join(', ')}, not ${JSON.stringify(issue.input)}`,
  ),
);

/** Why something is done; it is kept. */
export const reasonText = v.pipe(
  v.string('must say why'),
  v.trim(),
  v.nonEmpty('must say why'),
  v.maxLength(200, 'must have at most 200 characters'),
);

export const idempotencyKeyText = v.pipe(
  v.string(),
  v.check(
    (text) => /^[\u0021-\u007e]{16,255}$/.test(text),
    said('must have 16 to 255 visible ASCII characters'),
  ),
);
