/** What cannot be measured on one machine. Each is on the dear side. */
export const assumptions = {
  hoursPerMonth: 730n,
  /** Until the exchange has answered a request, ms. */
  exchangeRoundTripMs: 150n,
  /** Until DynamoDB has answered a request, ms. */
  tableRoundTripMs: 5n,
  /** Start of a function, which every call of the API is taken to pay, ms. */
  coldStartMs: 600n,
  /** What Lambda itself logs of an invocation: start and report, and the start of a function. */
  platformLogLines: 3n,
  platformLogBytes: 1_200n,
  /** What CloudWatch adds to each line when it counts. */
  bytesPerLogLine: 26n,
  /** A line of the API's access log. */
  accessLogBytes: 500n,
  /** Sent to the exchange with a request, the opening of its connection included. */
  bytesPerExchangeRequest: 3_000n,
  /** Sent to a caller with an answer. */
  bytesPerAnswer: 2_000n,
  /** How long a function keeps the signing key, minutes. */
  keyKeptMinutes: 5n,
  /** Alarms and their ends that are mailed in a month. */
  emails: 20n,
  /** Days for which orders, decisions and log lines are kept. */
  orderDays: 400n,
  decisionDays: 14n,
  logDays: 90n,
  /** An order stays in the list that a check compares for so many checks after it was settled. */
  checksThatSeeAnOrder: 40n,
} as const;
