/** One price of a list: so many USD for so many units. */
export interface Price {
  readonly usd: string;
  readonly per: bigint;
  /** What is counted. */
  readonly unit: string;
}

/** Where and when the prices were taken from the lists. */
export const priceList = { region: 'us-east-1', date: '2026-11-29' } as const;

const million = 1_000_000n;

/** List prices of the first tier, without the free allowances of an account. */
export const prices = {
  lambdaRequest: { usd: '0.20', per: million, unit: 'invocations' },
  /** ARM64. */
  lambdaDuration: { usd: '0.0000133334', per: 1n, unit: 'GB-seconds' },
  /** HTTP API, each 512 kB. */
  apiRequest: { usd: '1.00', per: million, unit: 'requests' },
  tableRead: { usd: '0.125', per: million, unit: 'read units' },
  tableWrite: { usd: '0.625', per: million, unit: 'write units' },
  tableStorage: { usd: '0.25', per: 1n, unit: 'GB-months' },
  tableBackup: { usd: '0.20', per: 1n, unit: 'GB-months' },
  secret: { usd: '0.40', per: 1n, unit: 'secrets' },
  secretRequest: { usd: '0.05', per: 10_000n, unit: 'calls' },
  key: { usd: '1.00', per: 1n, unit: 'keys' },
  keyRequest: { usd: '0.03', per: 10_000n, unit: 'calls' },
  logIngestion: { usd: '0.50', per: 1n, unit: 'GB' },
  logStorage: { usd: '0.03', per: 1n, unit: 'GB-months' },
  metric: { usd: '0.30', per: 1n, unit: 'metrics' },
  alarmMetric: { usd: '0.10', per: 1n, unit: 'metrics of alarms' },
  dashboard: { usd: '3.00', per: 1n, unit: 'dashboards' },
  schedule: { usd: '1.00', per: million, unit: 'invocations' },
  queueRequest: { usd: '0.40', per: million, unit: 'requests' },
  topicEmail: { usd: '2.00', per: 100_000n, unit: 'e-mails' },
  transferOut: { usd: '0.09', per: 1n, unit: 'GB' },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;
