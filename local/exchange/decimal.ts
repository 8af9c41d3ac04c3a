/**
 * An exact amount of USD or of Units, as a whole number of hundred-millionths (scale 1e8).
 * `250000000n` is 2.50. Money is never held in a `number`.
 */
export type Amount = bigint;

/** One whole USD or one whole Unit. */
export const ONE: Amount = 100_000_000n;

const DECIMALS = 8;

/**
 * Reads a plain decimal such as `"2.50"` or `"7"`. Returns undefined for anything else (signs, exponents,
 * blanks, more than 8 decimals), so that a caller decides what a bad number means.
 */
export function parseAmount(text: string): Amount | undefined {
  const match = /^(\d{1,18})(?:\.(\d{1,8}))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '0', fraction = ''] = match;
  return BigInt(whole) * ONE + BigInt(fraction.padEnd(DECIMALS, '0'));
}

/** Like {@link parseAmount} for constants of this program, where a bad number is a bug. */
export function amount(text: string): Amount {
  const parsed = parseAmount(text);
  if (parsed === undefined) throw new Error(`not a decimal amount: ${text}`);
  return parsed;
}

/** Writes an amount with all 8 decimals, the way the exchange prints trade prices. */
export function toFixedText(value: Amount): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(DECIMALS + 1, '0');
  return `${sign}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}

/** Writes an amount with at least `minimumDecimals` decimals and no further trailing zeros. */
export function toText(value: Amount, minimumDecimals = 0): string {
  const [whole = '0', fraction = ''] = toFixedText(value).split('.');
  const significant = fraction.replace(/0+$/, '').padEnd(minimumDecimals, '0');
  return significant === '' ? whole : `${whole}.${significant}`;
}

/** A JSON number for an answer. Only for showing: nothing is ever computed from it. */
export function toJsonNumber(value: Amount): number {
  return Number(toText(value));
}

/** Price times quantity, rounded down to a hundred-millionth. Exact whenever the quantity is whole. */
export function multiply(left: Amount, right: Amount): Amount {
  return (left * right) / ONE;
}

/** Whole Units as an amount. */
export function wholeUnits(count: number): Amount {
  return BigInt(count) * ONE;
}

/** Drops the fraction: the way a server that stores whole Units would show a partly used Unit. */
export function floorToWhole(value: Amount): Amount {
  return value - (value % ONE);
}

/** The smaller of two amounts. */
export function smaller(left: Amount, right: Amount): Amount {
  return left < right ? left : right;
}
