import { decimalScale, parseForeignDecimal } from '../ledger/decimal.ts';
import type { ExactJson } from './exact-json.ts';

export type JsonObject = { readonly [name: string]: ExactJson };

/** An answer does not hold what it must. The message names the field, never its value. */
export class UnreadableAnswer extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'UnreadableAnswer';
  }
}

export function isObject(json: ExactJson | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The first of these fields that holds text (or a number, as its text). Blank text is no text. */
export function textField(row: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(row, name) ? row[name] : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

const idShape = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/**
 * The first of these fields that holds an id of the exchange, such as `order_<uuid>`. Ids become keys of our table and
 * are logged, so that text of any other shape, an echoed signature for one, is no id.
 */
export function idField(row: JsonObject, ...names: readonly string[]): string | undefined {
  const text = textField(row, ...names);
  return text !== undefined && idShape.test(text) ? text : undefined;
}

/** Amounts beyond this (10¹²) are a changed meaning or a broken answer, never a balance or a price. */
const largestPlausible = 1_000_000_000_000n * decimalScale;

/**
 * The first of these fields that is present, as an exact decimal.
 *
 * @throws UnreadableAnswer if it is there but no plain, plausible, non-negative decimal
 */
export function amountField(row: JsonObject, ...names: readonly string[]): bigint | undefined {
  for (const name of names) {
    const value = Object.hasOwn(row, name) ? row[name] : undefined;
    if (value === undefined || value === null) continue;
    const text = typeof value === 'string' ? value.trim() : '';
    const amount = parseForeignDecimal(text);
    if (amount === undefined) throw new UnreadableAnswer(`${name} is not a decimal`);
    // A minus before zero as well: nobody writes that of an amount, and nothing is to be bought on it.
    if (text.startsWith('-')) throw new UnreadableAnswer(`${name} is negative`);
    if (amount > largestPlausible) throw new UnreadableAnswer(`${name} is too large`);
    return amount;
  }
  return undefined;
}

/**
 * The first of these fields that is present, as whole Units.
 *
 * @throws UnreadableAnswer if it is there but not a whole number
 */
export function wholeField(row: JsonObject, ...names: readonly string[]): bigint | undefined {
  const amount = amountField(row, ...names);
  if (amount === undefined) return undefined;
  if (amount % decimalScale !== 0n) throw new UnreadableAnswer(`${names.join(' or ')} is not a whole number`);
  return amount / decimalScale;
}

/** The first of these fields as a time: ISO 8601, or Unix seconds or ms. Undefined if absent or unreadable. */
export function timeField(row: JsonObject, ...names: readonly string[]): number | undefined {
  const text = textField(row, ...names);
  if (text === undefined) return undefined;
  const milliseconds = /^\d{9,11}$/.test(text)
    ? Number(text) * 1000
    : /^\d{12,14}$/.test(text)
      ? Number(text)
      : Date.parse(text);
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

/** The payload of a success answer: the `data` envelope, or the bare value where there is none. */
export function unwrapData(json: ExactJson | undefined): ExactJson | undefined {
  return isObject(json) && Object.hasOwn(json, 'data') ? json['data'] : json;
}
