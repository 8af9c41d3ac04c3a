import * as v from 'valibot';

/** The parts of an order, as our API shows it, that tests look at. */
export const orderAnswer = v.looseObject({
  id: v.string(),
  state: v.string(),
  exchangeOrderId: v.nullable(v.string()),
  filledQuantity: v.number(),
  averagePrice: v.nullable(v.string()),
});

export const orderListAnswer = v.object({ orders: v.array(orderAnswer), nextCursor: v.nullable(v.string()) });

/** A problem document. */
export const problemAnswer = v.looseObject({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.string(),
  errors: v.optional(v.array(v.object({ field: v.string(), message: v.string() }))),
});

/** The summary that the scheduled function returns. */
export const checkAnswer = v.object({
  late: v.boolean(),
  audit: v.nullable(v.looseObject({ complete: v.boolean(), adopted: v.number() })),
  orders: v.array(v.looseObject({ id: v.string(), state: v.string() })),
  instruments: v.array(
    v.looseObject({
      instrument: v.string(),
      result: v.string(),
      reason: v.string(),
      orderId: v.optional(v.string()),
    }),
  ),
});

/** The same, with what became of transfers. */
export const transferCheckAnswer = v.object({
  ...checkAnswer.entries,
  transfers: v.array(
    v.looseObject({ id: v.string(), instrument: v.string(), state: v.string(), quantity: v.number() }),
  ),
});
