import { availableParallelism } from 'node:os';
import type { TerminalLook } from '../../plots/terminal/terminal-look.ts';
import { type MarketKind, marketKinds } from '../market/markets.ts';
import { type PolicyName, policies, policyNames } from '../policies/catalogue.ts';
import { type Conditions, usualConditions } from '../simulate/conditions.ts';
import type { ChartLook } from './chart-look.ts';
import { OptionReader } from './option-reader.ts';

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
  /** How to draw runs on the terminal; undefined not to. */
  readonly charts: TerminalLook | undefined;
}

/** The options as far as they could be read, and everything that is wrong with the rest. */
export interface ParsedCommandLine {
  readonly options: BacktestOptions;
  readonly problems: readonly string[];
}

/** So many runs are drawn on a terminal without being asked for. */
const mostDrawnUnasked = 2;

/**
 * Reads the command line strictly.
 *
 * @param look what charts would be drawn on
 */
export function parseCommandLine(args: readonly string[], look: ChartLook): ParsedCommandLine {
  const reader = new OptionReader(args);
  const seed = reader.wholeNumber('seed', 1, 1, 1_000_000);
  const traces = reader.texts('trace');
  if (reader.has('help'))
    return { options: { ...optionsOf(reader, traces, seed, look), isHelp: true }, problems: [] };
  if (reader.has('all') === traces.length > 0) {
    reader.problems.push(
      reader.has('all') ? '--all and --trace exclude each other' : 'say --all, or name a trace with --trace',
    );
  }
  return { options: optionsOf(reader, traces, seed, look), problems: reader.problems };
}

function optionsOf(
  reader: OptionReader,
  traces: readonly string[],
  seed: number,
  look: ChartLook,
): BacktestOptions {
  const policyList = readPolicies(reader);
  return {
    isHelp: false,
    traces,
    every: reader.wholeNumber('every', 1, 1, 1000),
    policies: policyList,
    markets: readMarkets(reader, seed),
    conditions: readConditions(reader, seed),
    threads: reader.wholeNumber('threads', availableParallelism(), 1, 256),
    isJson: reader.has('json'),
    report: reader.texts('report').at(-1),
    charts: readCharts(reader, traces.length * policyList.length, look),
  };
}

function readCharts(reader: OptionReader, runs: number, look: ChartLook): TerminalLook | undefined {
  if (reader.has('json')) {
    if (reader.has('chart')) reader.problems.push('--chart and --json exclude each other');
    return undefined;
  }
  const isWanted = look.isTerminal && runs > 0 && runs <= mostDrawnUnasked;
  return reader.has('chart') || isWanted ? look : undefined;
}

function readPolicies(reader: OptionReader): readonly PolicyName[] {
  const named = reader.texts('policy').flatMap((text) => text.split(','));
  const known = new Set<string>(['all', ...policyNames]);
  for (const name of named) {
    if (!known.has(name))
      reader.problems.push(`there is no policy "${name}"; there are ${policyNames.join(', ')}`);
  }
  if (named.length > 0 && !named.includes('all')) return policyNames.filter((name) => named.includes(name));
  const leavesVariantsOut = named.length === 0 && reader.has('all');
  return policyNames.filter((name) => !leavesVariantsOut || policies[name].isVariant !== true);
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
    instruments: reader.wholeNumber('instruments', usualConditions.instruments, 1, 100),
    lostReviews: reader.wholeNumber('lost-reviews', usualConditions.lostReviews * 100, 0, 100) / 100,
    hasOutages: !reader.has('no-outages'),
    balanceLag: reader.wholeNumber('balance-lag', usualConditions.balanceLag, 0, 120),
    deliveryDelay: reader.wholeNumber('delivery-delay', usualConditions.deliveryDelay, 0, 120),
    wholeBalances: reader.has('whole-balances'),
    wakesUp: reader.has('wake-up'),
    isAlwaysBehind: usualConditions.isAlwaysBehind,
    learningMinutes: usualConditions.learningMinutes,
    endingReviews: reader.wholeNumber('ending-reviews', usualConditions.endingReviews, 0, 60),
    failureSeed: usualConditions.failureSeed + seed - 1,
  };
}
