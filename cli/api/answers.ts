import * as v from 'valibot';

/** The answers of our API, as far as the program reads them. What it does not read is handed on with `--json`. */

const decision = v.looseObject({
  time: v.string(),
  instrument: v.string(),
  trigger: v.string(),
  policy: v.string(),
  words: v.string(),
  reason: v.string(),
  boundBy: v.nullable(v.string()),
  usable: v.string(),
  incoming: v.string(),
  coverMinutes: v.nullable(v.number()),
  bestAsk: v.nullable(v.string()),
  // A stage that was deployed before it was told reads the book at each check.
  bookReadAt: v.optional(v.nullable(v.string())),
  actions: v.array(
    v.looseObject({
      action: v.string(),
      result: v.string(),
      quantity: v.optional(v.number()),
      limitPrice: v.optional(v.string()),
      orderId: v.optional(v.string()),
      units: v.optional(v.string()),
    }),
  ),
});

export const orderSchema = v.looseObject({
  id: v.string(),
  state: v.string(),
  confirmed: v.boolean(),
  reason: v.nullable(v.string()),
  instrument: v.string(),
  marketId: v.string(),
  type: v.string(),
  quantity: v.number(),
  limitPrice: v.string(),
  timeInForce: v.string(),
  filledQuantity: v.number(),
  averagePrice: v.nullable(v.string()),
  reserved: v.string(),
  spent: v.string(),
  source: v.string(),
  exchangeOrderId: v.nullable(v.string()),
  createdAt: v.string(),
  updatedAt: v.string(),
});

export type Order = v.InferOutput<typeof orderSchema>;

export const orderWithHistorySchema = v.looseObject({
  ...orderSchema.entries,
  history: v.array(
    v.looseObject({
      at: v.string(),
      from: v.nullable(v.string()),
      to: v.string(),
      reason: v.nullable(v.string()),
    }),
  ),
});

export const orderPageSchema = v.object({ orders: v.array(orderSchema), nextCursor: v.nullable(v.string()) });

export const decisionPageSchema = v.object({
  decisions: v.array(decision),
  nextCursor: v.nullable(v.string()),
});

export type Decision = v.InferOutput<typeof decision>;

const budget = v.looseObject({
  period: v.string(),
  cap: v.string(),
  spent: v.string(),
  reserved: v.string(),
  available: v.string(),
});

export type Budget = v.InferOutput<typeof budget>;

const instrument = v.looseObject({
  symbol: v.string(),
  marketId: v.string(),
  paused: v.boolean(),
  maximumPrice: v.string(),
  maximumQuantity: v.number(),
  priceTick: v.string(),
  feeBasisPoints: v.number(),
  policy: v.nullable(v.string()),
  usable: v.nullable(v.string()),
  inTrading: v.nullable(v.string()),
  decision: v.nullable(decision),
});

export type Instrument = v.InferOutput<typeof instrument>;

export const statusSchema = v.looseObject({
  stage: v.string(),
  time: v.string(),
  mode: v.string(),
  settingsVersion: v.number(),
  settingsReason: v.nullable(v.string()),
  stoppedBy: v.nullable(v.string()),
  breaker: v.nullable(
    v.looseObject({
      reason: v.string(),
      since: v.string(),
      reference: v.nullable(v.string()),
      note: v.nullable(v.string()),
    }),
  ),
  limits: v.looseObject({
    perOrder: v.string(),
    perDay: v.string(),
    perMonth: v.string(),
    ordersPerHour: v.number(),
  }),
  budgets: v.object({ day: budget, month: budget }),
  ordersThisHour: v.number(),
  checkedAt: v.nullable(v.string()),
  currency: v.array(v.looseObject({ currency: v.string(), available: v.string(), locked: v.string() })),
  instruments: v.array(instrument),
  openOrderCount: v.number(),
  openOrders: v.array(orderSchema),
});

export type Status = v.InferOutput<typeof statusSchema>;

export const balancesSchema = v.looseObject({
  readAt: v.string(),
  consumption: v.array(
    v.looseObject({
      accountId: v.string(),
      instrument: v.nullable(v.string()),
      instrumentId: v.string(),
      usable: v.string(),
      total: v.nullable(v.string()),
    }),
  ),
  trading: v.array(
    v.looseObject({
      accountId: v.string(),
      instrument: v.nullable(v.string()),
      instrumentId: v.string(),
      available: v.string(),
    }),
  ),
  currency: v.array(
    v.looseObject({ currency: v.string(), available: v.string(), locked: v.string(), total: v.string() }),
  ),
});

export const checkSchema = v.looseObject({ running: v.boolean(), startedAt: v.string() });

export const stopSchema = v.object({ breaker: v.string(), by: v.string() });

export const problemSchema = v.looseObject({
  title: v.string(),
  code: v.string(),
  detail: v.optional(v.string()),
  errors: v.optional(v.array(v.object({ field: v.string(), message: v.string() })), []),
  order: v.optional(orderSchema),
});

export type Problem = v.InferOutput<typeof problemSchema>;
