import { parseArgs } from 'node:util';

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
  instruments: { type: 'string' },
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
  chart: { type: 'boolean' },
} as const;

type OptionName = keyof typeof optionTypes;

/** Takes options from the arguments and collects what is wrong with them. */
export class OptionReader {
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
