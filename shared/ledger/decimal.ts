/**
 * Exact decimals. Money and Units are `bigint` counts of 10⁻⁸ inside, and decimal strings at every edge; no
 * amount is ever a `number`.
 */
export const decimalScale = 100_000_000n;
const decimalPlaces = 8;

/** USD in units of 10⁻⁸. */
export type Usd = bigint;

/** Units of an instrument in units of 10⁻⁸; a partly used Unit is a fraction. */
export type Units = bigint;

const plainDecimal = /^(0|[1-9]\d{0,17})(?:\.(\d{1,8}))?$/;

/** Reads a decimal as we write it: no sign, exponent, leading zero or ninth decimal. Undefined if it is not one. */
export function parseDecimal(text: string): bigint | undefined {
  const match = plainDecimal.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  return BigInt(whole) * decimalScale + BigInt(fraction.padEnd(decimalPlaces, '0'));
}

const foreignDecimal = /^(-?)(\d{1,30})(?:\.(\d{1,18}))?$/;

/**
 * Reads a decimal as others write it: a sign, leading zeros and up to 18 decimals are taken. Digits behind the
 * eighth decimal are dropped towards minus infinity, so that a balance is never read as more than it is.
 * Undefined if it is not a plain decimal (exponents, `NaN`, other scripts' digits, white space).
 */
export function parseForeignDecimal(text: string): bigint | undefined {
  const match = foreignDecimal.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const kept =
    BigInt(whole) * decimalScale + BigInt(fraction.slice(0, decimalPlaces).padEnd(decimalPlaces, '0'));
  const dropped = /[1-9]/.test(fraction.slice(decimalPlaces));
  if (sign === '') return kept;
  return dropped ? -kept - 1n : -kept;
}

/** Writes an amount as the shortest decimal string with at least `minimumPlaces` decimals. */
export function formatDecimal(amount: bigint, minimumPlaces = 0): string {
  const magnitude = amount < 0n ? -amount : amount;
  const digits = (magnitude % decimalScale).toString().padStart(decimalPlaces, '0');
  const shortened = digits.replace(/0+$/, '').padEnd(minimumPlaces, '0');
  const fraction = shortened === '' ? '' : `.${shortened}`;
  return `${amount < 0n ? '-' : ''}${magnitude / decimalScale}${fraction}`;
}

/** Writes USD with at least two decimals, such as `2.50` or `0.00000001`. */
export function formatUsd(amount: Usd): string {
  return formatDecimal(amount, 2);
}

/** The smaller of two amounts. */
export function minimum(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The larger of two amounts. */
export function maximum(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** Rounds a limit price down to a multiple of the tick: a bid never rises by rounding. */
export function roundDownToTick(price: Usd, tick: Usd): Usd {
  return price - (price % tick);
}
