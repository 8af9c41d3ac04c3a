/** Everything that is ever logged, by name. One line of structured JSON each. */
export type LogEvent =
  | 'order-recorded'
  | 'order-answered'
  | 'order-replayed'
  | 'order-moved'
  | 'order-not-recorded-after-answer'
  | 'order-claim-lost'
  | 'order-read-failed'
  | 'order-not-settled'
  | 'order-matched-by-terms'
  | 'order-foreign'
  | 'order-scan-failed'
  | 'order-scan-incomplete'
  | 'order-abandoned'
  | 'order-ambiguous'
  | 'order-mismatch'
  | 'order-not-shown'
  | 'order-seen-late'
  | 'order-orphan'
  | 'order-duplicate'
  | 'audit-failed'
  | 'audit-incomplete'
  | 'health-not-read'
  | 'budget-overrun'
  | 'breaker-opened'
  | 'clock-off'
  | 'signing-key-refused'
  | 'order-status-unknown'
  | 'exchange-watch-failed'
  | 'exchange-id-taken'
  | 'too-many-unfinished-orders'
  | 'order-cancel-asked'
  | 'top-up-decided'
  | 'units-committed'
  | 'units-not-arrived'
  | 'units-in-trading'
  | 'units-wait-in-trading'
  | 'units-report-failed'
  | 'transfer-recorded'
  | 'transfer-answered'
  | 'transfer-not-recorded-after-answer'
  | 'transfer-not-begun'
  | 'transfer-failed'
  | 'transfer-moved'
  | 'transfer-abandoned'
  | 'transfer-ambiguous'
  | 'transfer-unresolved'
  | 'transfer-seen-late'
  | 'transfer-history-failed'
  | 'transfer-history-incomplete'
  | 'check-late'
  | 'check-failed'
  | 'check-completed'
  | 'request-failed';

/** What a log line may say. Codes, ids and amounts only: never a body, a header, an error object or a key. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where log lines go. */
export interface Log {
  info(event: LogEvent, fields: LogFields): void;
  warn(event: LogEvent, fields: LogFields): void;
  error(event: LogEvent, fields: LogFields): void;
}
