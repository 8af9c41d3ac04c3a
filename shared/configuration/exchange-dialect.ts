import * as v from 'valibot';

/** What differs between accounts and versions of the exchange. The defaults are those of its published guide. */
export const exchangeDialectSchema = v.strictObject({
  /** Which balance counts as usable: `available`, or `total` where Units are committed on arrival. */
  balanceBasis: v.optional(v.picklist(['available', 'total'], 'must be "available" or "total"'), 'available'),
  /** How the quantity of an order is written. */
  quantityEncoding: v.optional(v.picklist(['number', 'string'], 'must be "number" or "string"'), 'number'),
  /** Ask with each order for its Units to be moved to consumption; needed where the account's mode does not. */
  requestAutotransfer: v.optional(v.boolean('must be true or false'), false),
});
