/** An exact number: amounts of money that are smaller than any coin add up without an error. */
export interface Fraction {
  readonly numerator: bigint;
  /** Above zero. */
  readonly denominator: bigint;
}

const zero = fraction(0n);

export function fraction(numerator: bigint, denominator = 1n): Fraction {
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** Exactly what a decimal text says, such as `0.0000133334`. */
export function decimal(text: string): Fraction {
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (parts === null) throw new Error(`${JSON.stringify(text)} is no decimal number.`);
  const [, whole = '', places = ''] = parts;
  return fraction(BigInt(whole + places), 10n ** BigInt(places.length));
}

export function add(...terms: readonly Fraction[]): Fraction {
  return terms.reduce(
    (sum, term) =>
      fraction(
        sum.numerator * term.denominator + term.numerator * sum.denominator,
        sum.denominator * term.denominator,
      ),
    zero,
  );
}

export function multiply(...factors: readonly Fraction[]): Fraction {
  return factors.reduce(
    (product, factor) =>
      fraction(product.numerator * factor.numerator, product.denominator * factor.denominator),
    fraction(1n),
  );
}

export function divide(dividend: Fraction, divisor: Fraction): Fraction {
  return fraction(dividend.numerator * divisor.denominator, dividend.denominator * divisor.numerator);
}

export function minimum(a: Fraction, b: Fraction): Fraction {
  return a.numerator * b.denominator <= b.numerator * a.denominator ? a : b;
}

/** Rounded half up to so many decimal places, with separators between thousands. For amounts that are not negative. */
export function format({ numerator, denominator }: Fraction, places: number): string {
  const scale = 10n ** BigInt(places);
  const scaled = (2n * numerator * scale + denominator) / (2n * denominator);
  const whole = (scaled / scale).toString().replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return places === 0 ? whole : `${whole}.${(scaled % scale).toString().padStart(places, '0')}`;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? (a === 0n ? 1n : a) : greatestCommonDivisor(b, a % b);
}
