/**
 * What the partition keys of the table begin with, or are where nothing follows. The items are written under these, and
 * the rights of each function are granted on these, so both take them from here.
 */
export const partitions = {
  /** An order's record and its history. */
  order: 'ORDER#',
  /** Which record an order at the exchange belongs to. */
  exchangeOrder: 'XORD#',
  /** What is used of a day's or a month's cap. */
  budget: 'BUDGET#',
  /** How many orders were recorded in an hour. */
  hour: 'RATE#',
  /** The one unfinished scheduled order, or transfer, of an instrument. */
  slot: 'SLOT#',
  /** The one order that is told by its terms, where the exchange does not show client order ids. */
  terms: 'TERMS#',
  /** Everything that was bought of an instrument. */
  fills: 'FILLS#',
  /** A transfer's record. */
  transfer: 'TRANSFER#',
  /** Which record a transfer at the exchange belongs to. */
  exchangeTransfer: 'XTRANSFER#',
  /** Since when Units of an instrument have been waiting in the trading account. */
  waiting: 'WAITING#',
  /** What the balance checks remember of an instrument. */
  memory: 'TOPUP#',
  /** Where a reservation's record is. */
  reservationPlace: 'RESERVATION#',
  /** The reservations of an instrument. */
  reservations: 'RESERVATIONS#',
  /** What checks decided about an instrument. */
  decision: 'DECISION#',
  /** When the last check that was asked for began. */
  wakeUp: 'WAKEUP',
  /** A finding that has opened the breaker before. */
  alarm: 'ALARM#',
  /** How far the exchange's list has been compared with the records. */
  audit: 'AUDIT',
  /** What the accounts at the exchange held when a check last read them. */
  balances: 'BALANCES',
  /** How many checks in a row the exchange has refused, and which settings they have last seen. */
  refusedChecks: 'CHECKS',
  /** What an administrator has set: mode, limits and what may differ of instruments. */
  settings: 'SETTINGS',
  /** Every version of the settings. */
  settingsHistory: 'SETTINGS#HISTORY',
  /** What the deployment allows, for administrators to set within. */
  deployment: 'DEPLOYMENT',
  /** There while buying is stopped. */
  breaker: 'BREAKER',
} as const;

/** What items carry as the partition key of the index `created`. */
export const collections = { orders: 'ORDERS', reservations: 'RESERVATIONS' } as const;

/** What items carry as the partition key of the index `work` while they are not finished. */
export const openWork = { orders: 'OPEN', transfers: 'OPEN-TRANSFER' } as const;
