import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type MarketKind, marketKinds } from '../market/markets.ts';
import { type PolicyName, policyNames } from '../policies/catalogue.ts';
import { type Conditions, usualConditions } from '../simulate/conditions.ts';

/** What the backtest was asked to do. */
export interface BacktestOptions {
  readonly isHelp: boolean;
  /** Names of the catalogue, or files. Empty for all. */
  readonly traces: readonly string[];
  /** Of the catalogue, every so many. */
  readonly every: number;
  readonly policies: readonly PolicyName[];
  readonly markets: readonly { readonly kind: MarketKind; readonly seed: number }[];
  readonly conditions: Conditions;
  readonly threads: number;
  readonly isJson: boolean;
  /** Where to write the page. */
  readonly report: string | undefined;
}

/** The options as far as they could be read, and everything that is wrong with the rest. */
export interface ParsedCommandLine {
  readonly options: BacktestOptions;
  readonly problems: readonly string[];
}

const optionTypes = {
  help: { type: 'boolean', short: 'h' },
  all: { type: 'boolean' },
  trace: { type: 'string', multiple: true },
  every: { type: 'string' },
  policy: { type: 'string', multiple: true },
  market: { type: 'string' },
  markets: { type: 'string' },
  seed: { type: 'string' },
  'review-every': { type: 'string' },
  'lost-reviews': { type: 'string' },
  'no-outages': { type: 'boolean' },
  'balance-lag': { type: 'string' },
  'delivery-delay': { type: 'string' },
  'whole-balances': { type: 'boolean' },
  'wake-up': { type: 'boolean' },
  'ending-reviews': { type: 'string' },
  threads: { type: 'string' },
  json: { type: 'boolean' },
  report: { type: 'string' },
} as const;

type OptionName = keyof typeof optionTypes;

/** Reads the command line strictly. */
export function parseCommandLine(args: readonly string[]): ParsedCommandLine {
  const reader = new OptionReader(args);
  const has = (name: OptionName) => reader.has(name);
  const seed = reader.wholeNumber('seed', 1, 1, 1_000_000);
  const traces = reader.texts('trace');
  if (has('help')) return { options: { ...optionsOf(reader, traces, seed), isHelp: true }, problems: [] };
  if (has('all') === traces.length > 0) {
    reader.problems.push(
      has('all') ? '--all and --trace exclude each other' : 'say --all, or name a trace with --trace',
    );
  }
  return { options: optionsOf(reader, traces, seed), problems: reader.problems };
}

function optionsOf(reader: OptionReader, traces: readonly string[], seed: number): BacktestOptions {
  return {
    isHelp: false,
    traces,
    every: reader.wholeNumber('every', 1, 1, 1000),
    policies: readPolicies(reader),
    markets: readMarkets(reader, seed),
    conditions: readConditions(reader, seed),
    threads: reader.wholeNumber('threads', availableParallelism(), 1, 256),
    isJson: reader.has('json'),
    report: reader.texts('report').at(-1),
  };
}

function readPolicies(reader: OptionReader): readonly PolicyName[] {
  const named = reader.texts('policy').flatMap((text) => text.split(','));
  const known = new Set<string>(policyNames);
  for (const name of named) {
    if (!known.has(name))
      reader.problems.push(`there is no policy "${name}"; there are ${policyNames.join(', ')}`);
  }
  return named.length === 0 ? policyNames : policyNames.filter((name) => named.includes(name));
}

function readMarkets(reader: OptionReader, seed: number): BacktestOptions['markets'] {
  const text = reader.texts('market').at(-1) ?? 'all';
  const kinds = marketKinds.filter((kind) => text === 'all' || text === kind);
  if (kinds.length === 0) reader.problems.push(`--market must be calm, tight or all, not "${text}"`);
  const count = reader.wholeNumber('markets', 1, 1, 20);
  const seeds = Array.from({ length: count }, (_, index) => seed + index);
  return kinds.flatMap((kind) => seeds.map((one) => ({ kind, seed: one })));
}

function readConditions(reader: OptionReader, seed: number): Conditions {
  return {
    reviewEvery: reader.wholeNumber('review-every', usualConditions.reviewEvery, 1, 60),
    lostReviews: reader.wholeNumber('lost-reviews', usualConditions.lostReviews * 100, 0, 100) / 100,
    hasOutages: !reader.has('no-outages'),
    balanceLag: reader.wholeNumber('balance-lag', usualConditions.balanceLag, 0, 120),
    deliveryDelay: reader.wholeNumber('delivery-delay', usualConditions.deliveryDelay, 0, 120),
    wholeBalances: reader.has('whole-balances'),
    wakesUp: reader.has('wake-up'),
    endingReviews: reader.wholeNumber('ending-reviews', usualConditions.endingReviews, 0, 60),
    failureSeed: usualConditions.failureSeed + seed - 1,
  };
}

/** Takes options from the arguments and collects what is wrong with them. */
class OptionReader {
  readonly problems: string[] = [];
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(args: readonly string[]) {
    const { values, tokens } = parseArgs({
      args: [...args],
      options: optionTypes,
      strict: false,
      tokens: true,
    });
    this.#values = values;
    const types: Readonly<Record<string, { readonly type: string }>> = optionTypes;
    for (const token of tokens) {
      if (token.kind === 'positional') this.problems.push(`"${token.value}" is not an option`);
      if (token.kind !== 'option') continue;
      const type = types[token.name]?.type;
      if (type === undefined) this.problems.push(`there is no option ${token.rawName}`);
      else if (type === 'string' && (token.value ?? '') === '')
        this.problems.push(`${token.rawName} needs a value`);
      else if (type === 'boolean' && token.value !== undefined)
        this.problems.push(`${token.rawName} takes no value`);
    }
  }

  has(name: OptionName): boolean {
    return this.#values[name] !== undefined;
  }

  texts(name: OptionName): readonly string[] {
    const value = this.#values[name];
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.filter((one): one is string => typeof one === 'string' && one !== '');
  }

  wholeNumber(name: OptionName, usual: number, lowest: number, highest: number): number {
    const text = this.texts(name).at(-1);
    if (text === undefined) return usual;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= lowest && value <= highest) return value;
    this.problems.push(`--${name} must be a whole number from ${lowest} to ${highest}, not "${text}"`);
    return usual;
  }
}
