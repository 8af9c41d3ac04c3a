import { parseArgs } from 'node:util';
import type { ClockSetting } from './clock.ts';
import { parseAmount } from './decimal.ts';
import type { ExchangeOptions } from './start.ts';
import { decodePublicKey } from './wire/keys.ts';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'start'; readonly options: ExchangeOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

export const HELP = `Runs a simulated exchange on 127.0.0.1.

  npm run exchange -- --port P [options]

  --port P            port of the trading API; 0 takes any free one (required)
  --admin-port P      port of the admin API (default: any free one)
  --public-key KEY    base64 of a raw 32-byte Ed25519 public key; may be given several times
  --prefix PATH       path family (default: /api/v1/trading)
  --extra-prefix PATH serve a further path family as well; may be given several times
  --seed N            same seed and same calls, same ids and prices (default: 1)
  --usd AMOUNT        USD in the account at the start (default: 1000)
  --clock MODE        real, accelerated or stepped (default: real)
  --factor N          how much faster than real, for --clock accelerated
  --start-at TIME     market time to start at, for --clock stepped (ISO 8601)
  --data DIR          keep the exchange in a folder, and go on from it at the next start
  --help              this text

Prints one line of JSON when it is ready: {"url":"...","admin":"..."}.
Logs go to the standard error stream.
`;

const OPTIONS = {
  port: { type: 'string' },
  'admin-port': { type: 'string' },
  'public-key': { type: 'string', multiple: true },
  prefix: { type: 'string' },
  'extra-prefix': { type: 'string', multiple: true },
  seed: { type: 'string' },
  usd: { type: 'string' },
  clock: { type: 'string' },
  factor: { type: 'string' },
  'start-at': { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const KNOWN_OPTIONS: readonly string[] = Object.keys(OPTIONS);

/** Collects every problem, so that a person can mend them all at once. */
class Problems {
  readonly list: string[] = [];

  wholeNumber(name: string, text: string | undefined, highest: number): number | undefined {
    if (text === undefined) return undefined;
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value <= highest) return value;
    this.list.push(`--${name} must be a whole number from 0 to ${highest}, not "${text}"`);
    return undefined;
  }

  check(holds: boolean, problem: string): void {
    if (!holds) this.list.push(problem);
  }
}

/** Reads the command line strictly. */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    tokens: true,
  });
  const problems = new Problems();
  for (const token of tokens) {
    if (token.kind === 'positional') problems.list.push(`"${token.value}" is not an option`);
    if (token.kind !== 'option') continue;
    if (!KNOWN_OPTIONS.includes(token.name)) problems.list.push(`there is no option ${token.rawName}`);
    else if (token.name !== 'help' && token.value === undefined) {
      problems.list.push(`${token.rawName} needs a value`);
    }
  }
  if (values['help'] === true) return { kind: 'help' };
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  const texts = (name: string) => textsOf(values[name]);
  const options = readOptions(text, texts, problems);
  return problems.list.length > 0 ? { kind: 'wrong', problems: problems.list } : { kind: 'start', options };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function readOptions(
  text: (name: string) => string | undefined,
  texts: (name: string) => readonly string[],
  problems: Problems,
): ExchangeOptions {
  problems.check(text('port') !== undefined, '--port is required; use 0 for any free port');
  const port = problems.wholeNumber('port', text('port'), 65_535);
  const adminPort = problems.wholeNumber('admin-port', text('admin-port'), 65_535);
  const seed = problems.wholeNumber('seed', text('seed'), Number.MAX_SAFE_INTEGER);
  const usd = text('usd');
  problems.check(
    usd === undefined || parseAmount(usd) !== undefined,
    `--usd must be a decimal amount such as 1000.50, not "${usd}"`,
  );
  for (const key of texts('public-key')) {
    problems.check(
      decodePublicKey(key) !== undefined,
      `--public-key must be base64 of 32 bytes, not "${key}"`,
    );
  }
  const prefix = text('prefix');
  const prefixes = [...(prefix === undefined ? [] : [prefix]), ...texts('extra-prefix')];
  for (const one of prefixes) {
    problems.check(/^(\/[\w.-]+)+$/.test(one), `a prefix must look like /api/v1/trading, not "${one}"`);
  }
  const dataDirectory = text('data');
  problems.check(dataDirectory !== '', '--data needs a folder');
  const clock = readClock(text, problems);
  return {
    ...(port === undefined ? {} : { port }),
    ...(adminPort === undefined ? {} : { adminPort }),
    ...(seed === undefined ? {} : { seed }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(usd === undefined ? {} : { usd }),
    ...(clock === undefined ? {} : { clock }),
    dataDirectory,
    publicKeys: texts('public-key'),
    extraPrefixes: texts('extra-prefix'),
  };
}

function readClock(text: (name: string) => string | undefined, problems: Problems): ClockSetting | undefined {
  const mode = text('clock');
  const factor = text('factor');
  const startAt = text('start-at');
  problems.check(factor === undefined || mode === 'accelerated', '--factor needs --clock accelerated');
  problems.check(startAt === undefined || mode === 'stepped', '--start-at needs --clock stepped');
  if (mode === undefined) return undefined;
  if (mode === 'real') return { mode };
  if (mode === 'accelerated') {
    const value = Number(factor ?? '60');
    problems.check(value > 0 && value <= 1_000_000, '--factor must be a number above 0 and at most 1000000');
    return { mode, factor: value };
  }
  problems.check(mode === 'stepped', `--clock must be real, accelerated or stepped, not "${mode}"`);
  const isMoment = startAt === undefined || !Number.isNaN(Date.parse(startAt));
  problems.check(isMoment, '--start-at must be an ISO 8601 time such as 2026-01-01T00:00:00Z');
  return { mode: 'stepped', startAt };
}
