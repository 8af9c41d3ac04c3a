/** The names of the environment variables that the stack gives to every function and the functions read. */
export const environmentNames = {
  /** Which of the functions it is, for its log lines: for example `place-order`. */
  serviceName: 'SERVICE_NAME',
  /** Name of the deployment stage, for example `production`. Part of every client order id. */
  stage: 'STAGE',
  /** Name of the DynamoDB table that holds the orders. */
  tableName: 'TABLE_NAME',
  /** ARN of the secret that holds the private signing key. */
  signingKeySecretArn: 'SIGNING_KEY_SECRET_ARN',
  /** Origin of the exchange, for example `https://trading.api.thegrid.ai`. */
  exchangeUrl: 'EXCHANGE_URL',
  /** Path that comes before every resource of the exchange, for example `/api/v1/trading`. */
  exchangePathPrefix: 'EXCHANGE_PATH_PREFIX',
  /** JSON object with what is particular about the account at the exchange. See `ExchangeDialect`. Optional. */
  exchangeDialect: 'EXCHANGE_DIALECT',
  /** JSON object with the most that may be spent. See `spendingLimitsSchema`. Optional. */
  spendingLimits: 'SPENDING_LIMITS',
  /** JSON array of the ARNs of roles that see the orders and reservations of all callers. Optional. */
  readers: 'READERS',
  /** JSON array of the instruments that may be bought. See `InstrumentConfiguration`. */
  instruments: 'INSTRUMENTS',
} as const;
