import * as v from 'valibot';

/** What differs between accounts and versions of the exchange. The defaults are those of its published guide. */
export const exchangeDialectSchema = v.strictObject({
  /** Which balance counts as usable: `available`, or `total` where Units are committed on arrival. */
  balanceBasis: v.optional(v.picklist(['available', 'total'], 'must be "available" or "total"'), 'available'),
  /** How the quantity of an order or a transfer is written. */
  quantityEncoding: v.optional(v.picklist(['number', 'string'], 'must be "number" or "string"'), 'number'),
  /** Whether orders are shown with their client order ids; if not, unclear orders are told apart by their price. */
  showsClientOrderIds: v.optional(v.boolean('must be true or false'), true),
  /** For so long after a fill balances may not show its Units, where the exchange does not count transfers. Seconds. */
  balanceLagSeconds: v.optional(
    v.pipe(
      v.number('must be a number'),
      v.safeInteger('must be a whole number of seconds'),
      v.minValue(0, 'must be at least 0'),
      v.maxValue(1_800, 'must be at most 1800'),
    ),
    45,
  ),
  /**
   * What happens when the account shows orders that no stage of grid-buyer has sent: `stop` opens the breaker, `count` only
   * counts them as stock that is coming. Use `count` where people or other programs buy on the same account.
   */
  foreignOrders: v.optional(v.picklist(['stop', 'count'], 'must be "stop" or "count"'), 'stop'),
  /** Ask with each order for its Units to be moved to consumption; needed where the account's mode does not. */
  requestAutotransfer: v.optional(v.boolean('must be true or false'), false),
  /** Where transfers are listed: change it if `transfer-history-failed` is logged with a 404. */
  transferHistory: v.optional(
    v.picklist(
      ['transfer-histories', 'transfers/histories'],
      'must be "transfer-histories" or "transfers/histories"',
    ),
    'transfer-histories',
  ),
});
