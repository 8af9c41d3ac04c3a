/** USD as people read it, such as `1,234.50 USD`. */
export function usd(amount: string): string {
  return `${grouped(amount)} USD`;
}

/** A decimal string with its thousands apart. */
export function grouped(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}

/** Units, such as `1 Unit` or `2.5 Units`. */
export function units(amount: string | number): string {
  return `${grouped(String(amount))} ${String(amount) === '1' ? 'Unit' : 'Units'}`;
}
