import * as v from 'valibot';
import type { ExchangeDialect } from '../exchange/client.ts';
import { type ExchangeEndpoint, parseEndpoint } from '../exchange/endpoint.ts';
import type { SpendingLimits } from '../ledger/budget.ts';
import { type BuyableInstrument, buyableInstrumentsSchema } from './buyable-instruments.ts';
import { environmentNames } from './environment-names.ts';
import { exchangeDialectSchema } from './exchange-dialect.ts';
import { type InstrumentConfiguration, instrumentsSchema } from './instruments.ts';
import { ConfigurationError, describeIssue } from './problems.ts';
import {
  type SpendingLimitsConfiguration,
  spendingLimitsOf,
  spendingLimitsSchema,
} from './spending-limits.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where orders are kept. */
export interface TableSettings {
  readonly tableName: string;
  /** The most that may be spent, whatever the administrator sets. */
  readonly ceiling: SpendingLimits;
  /** The same as it is configured. */
  readonly spendingLimits: SpendingLimitsConfiguration;
}

/** How the exchange is reached and signed for. */
export interface ExchangeSettings {
  readonly endpoint: ExchangeEndpoint;
  readonly dialect: ExchangeDialect;
  readonly signingKeySecretArn: string;
}

/** What may be bought, and under which stage's name. */
export interface BuyingSettings {
  readonly stage: string;
  readonly instruments: readonly InstrumentConfiguration[];
}

/** What may be bought, for functions that top up nothing. */
export interface BuyableSettings {
  readonly stage: string;
  readonly instruments: readonly BuyableInstrument[];
}

/** Collects what is wrong while it reads, so that everything is told at once. */
class EnvironmentReader {
  readonly #environment: Environment;
  readonly problems: string[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  optional(name: string): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined) this.problems.push(`${name}: is not set`);
    return value ?? '';
  }

  json<Schema extends v.GenericSchema>(
    name: string,
    text: string,
    schema: Schema,
  ): v.InferOutput<Schema> | undefined {
    const result = v.safeParse(schema, parseJson(text));
    if (result.success) return result.output;
    this.problems.push(...result.issues.map((issue) => describeIssue(issue, name)));
    return undefined;
  }

  finish<Settings>(settings: { [Name in keyof Settings]: Settings[Name] | undefined }): Settings {
    if (this.problems.length > 0) throw new ConfigurationError(this.problems);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whatever is undefined has left a problem, unless it is optional
    return settings as Settings;
  }
}

/** @throws ConfigurationError */
export function readTableName(environment: Environment): string {
  const reader = new EnvironmentReader(environment);
  return reader.finish<{ tableName: string }>({ tableName: reader.required(environmentNames.tableName) })
    .tableName;
}

/**
 * ARNs of roles that see the orders and reservations of all callers.
 *
 * @throws ConfigurationError
 */
export function readReaders(environment: Environment): ReadonlySet<string> {
  const reader = new EnvironmentReader(environment);
  const text = reader.optional(environmentNames.readers) ?? '[]';
  const { readers } = reader.finish<{ readers: readonly string[] }>({
    readers: reader.json(environmentNames.readers, text, v.array(v.string('must be an ARN'))),
  });
  return new Set(readers);
}

/** @throws ConfigurationError */
export function readTableSettings(environment: Environment): TableSettings {
  const reader = new EnvironmentReader(environment);
  const limitsText = reader.optional(environmentNames.spendingLimits) ?? '{}';
  const limits = reader.json(environmentNames.spendingLimits, limitsText, spendingLimitsSchema);
  return reader.finish<TableSettings>({
    tableName: reader.required(environmentNames.tableName),
    ceiling: limits === undefined ? undefined : spendingLimitsOf(limits),
    spendingLimits: limits,
  });
}

/** @throws ConfigurationError with everything that is missing or wrong */
export function readExchangeSettings(environment: Environment): ExchangeSettings {
  const reader = new EnvironmentReader(environment);
  const url = reader.required(environmentNames.exchangeUrl);
  const prefix = reader.optional(environmentNames.exchangePathPrefix) ?? '';
  const endpoint = url === '' ? [] : parseEndpoint(url, prefix);
  if (!('url' in endpoint)) reader.problems.push(...endpoint);
  const dialectText = reader.optional(environmentNames.exchangeDialect) ?? '{}';
  return reader.finish<ExchangeSettings>({
    endpoint: 'url' in endpoint ? endpoint : undefined,
    dialect: reader.json(environmentNames.exchangeDialect, dialectText, exchangeDialectSchema),
    signingKeySecretArn: reader.required(environmentNames.signingKeySecretArn),
  });
}

/** @throws ConfigurationError with everything that is missing or wrong */
export function readBuyingSettings(environment: Environment): BuyingSettings {
  return readInstruments(environment, instrumentsSchema);
}

/** @throws ConfigurationError with everything that is missing or wrong */
export function readBuyableSettings(environment: Environment): BuyableSettings {
  return readInstruments(environment, buyableInstrumentsSchema);
}

function readInstruments<Schema extends v.GenericSchema>(environment: Environment, schema: Schema) {
  const reader = new EnvironmentReader(environment);
  const text = reader.required(environmentNames.instruments);
  return reader.finish<{ stage: string; instruments: v.InferOutput<Schema> }>({
    stage: reader.required(environmentNames.stage),
    instruments: text === '' ? undefined : reader.json(environmentNames.instruments, text, schema),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
