/** Whole Units as a JSON number (the exchange's guide) or as a string (its own client). */
export type QuantityEncoding = 'number' | 'string';

/** Whole Units as a value for a JSON body. */
export function writeQuantity(encoding: QuantityEncoding, quantity: bigint): number | string {
  return encoding === 'number' ? Number(quantity) : quantity.toString();
}
