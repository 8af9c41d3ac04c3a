/** Names shared by the functions that emit metrics and the stack that draws and alarms on them. */
export const metricNamespace = 'GridBuyer';

/** Dimensions of metrics. Every metric has `stage`: several stages can share an account, and none may hide another. */
export const dimensionNames = {
  stage: 'stage',
  /** Symbol of an instrument, such as `chat-prime`. */
  instrument: 'instrument',
  /** What came of placing an order: a state of the order, or why there is none. */
  outcome: 'outcome',
  /** What came of a top-up that was due: `bought`, `in-doubt`, `not-bought`. */
  result: 'result',
  /** A budget's period: `day`, `month`. */
  period: 'period',
} as const;

/** A flag is 1 when it holds and 0 when it does not, so that "five in a row" can be told from "five out of ten". */
export const metricNames = {
  /** Times that an order was asked for, by what came of it; dimension `outcome`. */
  orderPlaced: 'OrderPlaced',
  /** Flag for each placed order: the exchange refused it, or it could not be sent. */
  orderRefused: 'OrderRefused',
  /** Orders by what they came to, when that was recorded; dimension `outcome`, one of `orderOutcomes`. */
  orderOutcome: 'OrderOutcome',
  /** USD per Unit that was paid for what an order brought, fees included; dimension `instrument`. */
  pricePaid: 'PricePaid',
  /** How long the exchange took to answer a POST, or was waited for, ms. */
  postDuration: 'PostDurationMs',
  /** Orders that a balance check gave up looking for. */
  ordersAbandoned: 'OrdersAbandoned',
  /** Orders whose outcome has been unclear for too long, at each balance check. */
  unclearOrders: 'UnclearOrders',
  /** Orders of which it is not known whether the exchange has them, at each balance check. */
  unresolvedOrders: 'UnresolvedOrders',
  /** Usable Units of an instrument at a balance check; dimension `instrument`. */
  unitsAvailable: 'UnitsAvailable',
  /** Minutes that the Units of an instrument last at the pace they go, at most a day; dimension `instrument`. */
  coverMinutes: 'CoverMinutes',
  /** Best ask of an instrument's market at a balance check that has read it, USD per Unit; dimension `instrument`. */
  marketPrice: 'MarketPrice',
  /** Units bought that wait in the trading account, where they cannot be used; dimension `instrument`. */
  unitsInTrading: 'UnitsInTrading',
  /** Balance checks of the schedule that came in time and ran to their end. Its absence is the heartbeat alarm. */
  checkCompleted: 'CheckCompleted',
  /** Transfers that were given up, and those that have been unclear for too long, at each balance check. */
  unclearTransfers: 'UnclearTransfers',
  /** Flag: the balance check of an instrument failed; dimension `instrument`. */
  checkFailed: 'CheckFailed',
  /** Top-ups that were due; dimensions `instrument` and `result`. */
  topUp: 'TopUp',
  /** Flag: an instrument is below its minimum and nothing could be bought; dimension `instrument`. */
  topUpBlocked: 'TopUpBlocked',
  /** Flag: a balance check could not compare all orders of the exchange with the records. */
  auditIncomplete: 'AuditIncomplete',
  /** Flag: the breaker is open, at each balance check. */
  breakerOpen: 'BreakerOpen',
  /** Times that the breaker was opened. */
  breakerOpened: 'BreakerOpened',
  /** Percent of a budget that is reserved or spent; dimension `period`. */
  budgetUsedPercent: 'BudgetUsedPercent',
  /** Percent of a budget that is spent; dimension `period`. */
  budgetSpentPercent: 'BudgetSpentPercent',
  /** What of a budget is spent, what is reserved, and its cap, USD; dimension `period`. */
  spentUsd: 'SpentUsd',
  reservedUsd: 'ReservedUsd',
  capUsd: 'CapUsd',
  /** Flag: the settings are not those that the last balance check of the schedule saw. */
  settingsChanged: 'SettingsChanged',
  /** Flag: the settings cannot be read or understood, and so nothing is bought; at each balance check. */
  settingsUnusable: 'SettingsUnusable',
  /** Fields and words in the exchange's answers to a balance check that are not known. */
  unfamiliarAnswers: 'UnfamiliarAnswers',
  /** How far our clock is off from the exchange's at a balance check, ms, in either direction. */
  clockSkew: 'ClockSkewMs',
  /** Days since the signing key was put into the secret, at each balance check. */
  secretAge: 'SecretAgeDays',
} as const;

export type MetricName = (typeof metricNames)[keyof typeof metricNames];
