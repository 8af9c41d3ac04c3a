import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseStage } from '../../infra/config/parse-stage.ts';
import { stageSchema } from '../../infra/config/stage.ts';
import { StageError } from '../../infra/config/stage-error.ts';
import { settingDescriptions } from '../../shared/top-up/policy/parameters.ts';
import { Checkout, stageSource } from '../infra/support/checkout.ts';
import { exampleSettings } from '../infra/support/example-settings.ts';
import { schemaFields } from '../infra/support/schema-fields.ts';
import { temporaryFolder } from '../infra/support/temporary-folder.ts';
import { codeIn, tableRows } from './support/tables.ts';

type Settings = Readonly<Record<string, unknown>>;

const text = readFileSync('docs/configuration.md', 'utf8');

const documented = tableRows(text, 'Field', 'What it says').map(
  ([field = '', says = '', unit = '', standard = '', allowed = '', example = '', refused = '']) => ({
    path: codeIn(field) ?? '',
    says,
    unit,
    standard,
    allowed,
    example: JSON.parse(codeIn(example) ?? '') as unknown,
    wrong: JSON.parse(codeIn(refused) ?? '') as unknown,
    message: refused.slice(refused.indexOf('`: ') + 3),
  }),
);

const fields = schemaFields(stageSchema);
/** Those that the document of the top-up has, whose own test holds it to the code. */
const ofTopUpDocument = Object.keys(settingDescriptions).map(
  (name) => `instruments[].topUp(adaptive).${name}`,
);
const wanted = fields.filter(({ path, isGroup }) => !isGroup && !ofTopUpDocument.includes(path));

const fixedRule = { minimumUnits: 5, quantity: 10, limitPrice: '2.50' };
const policies: Readonly<Record<string, Settings>> = {
  adaptive: { policy: 'adaptive' },
  threshold: { policy: 'threshold', ...fixedRule },
  'price-aware': { policy: 'price-aware', ...fixedRule, dangerUnits: 2 },
};

/** Settings that are right but for this field, with the path that a problem with it would have. */
function settingsWith(path: string, value: unknown): { readonly settings: Settings; readonly place: string } {
  const policy = /\((.+)\)/.exec(path)?.[1] ?? 'adaptive';
  const [instrument] = exampleSettings.instruments;
  const base = { instruments: [{ ...instrument, topUp: policies[policy] }] };
  const place = path.replace('[]', '.0').replace(/\(.+\)/, '');
  return { settings: withValue(base, place.split('.'), value) as Settings, place };
}

function withValue(target: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(target)) {
    return target.map((one, index) =>
      String(index) === first ? withValue(one, rest, value) : (one as unknown),
    );
  }
  const object = (target ?? {}) as Settings;
  return { ...object, [first]: withValue(object[first], rest, value) };
}

/** What is said against settings, a line for each problem; nothing if they are right. */
function problemsOf(settings: unknown): readonly string[] {
  try {
    parseStage('trial', settings);
    return [];
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.replace(/^ {2}- /, ''));
  }
}

describe('the document of the configuration', () => {
  it('has every field of the schema, and no other', () => {
    expect(documented.map(({ path }) => path).toSorted()).toEqual(wanted.map(({ path }) => path).toSorted());
  });

  it('has a heading for every group of fields, or a table of it', () => {
    const groups = fields.filter(({ isGroup }) => isGroup).map(({ path }) => path);
    expect(groups.length).toBeGreaterThan(4);
    for (const group of groups)
      expect(text).toMatch(new RegExp(`(^#+ |^\\| )\`${RegExp.escape(group)}`, 'm'));
  });

  it('explains each in a sentence', () => {
    for (const { says } of documented) expect(says).toMatch(/^[A-Z].{8,}\.$|\)\.$/);
  });
});

describe.each(wanted)('the field $path', ({ path, isRequired, default: standard, range }) => {
  const row = documented.find((one) => one.path === path);
  if (row === undefined) return;

  it('has the default of the schema', () => {
    const written = isRequired
      ? 'needed'
      : standard === undefined
        ? 'none'
        : `\`${JSON.stringify(standard)}\``;
    expect(row.standard).toBe(written);
  });

  it('has the range of the schema', () => {
    expect(row.allowed).not.toBe('');
    if (range !== undefined) expect(row.allowed).toBe(range);
  });

  it('has a unit if it is a number', () => {
    if (typeof row.example === 'number') expect(row.unit).not.toBe('');
    expect(['number', 'string', 'boolean', 'object']).toContain(typeof row.example);
  });

  it('may be what its example says', () => {
    expect(problemsOf(settingsWith(path, row.example).settings)).toEqual([]);
  });

  it('is refused with the message that the document says', () => {
    const { settings, place } = settingsWith(path, row.wrong);
    const element = Array.isArray(row.wrong) ? '.0' : '';
    expect(problemsOf(settings)).toEqual([`${place}${element}: ${row.message}`]);
  });

  it('is refused as missing if it is needed and left out', () => {
    const { settings, place } = settingsWith(path, undefined);
    const isPolicy = path.endsWith('.policy');
    const missing = isRequired ? [`${place}: is missing`] : [];
    expect(problemsOf(JSON.parse(JSON.stringify(settings)))).toEqual(isPolicy ? expect.anything() : missing);
  });
});

it.each(Object.entries(settingDescriptions))(
  'the setting %s of the adaptive policy is refused out of its range',
  (name, { minimum, maximum, unit }) => {
    for (const wrong of [minimum - 1, maximum + 1, String(minimum)]) {
      const { settings, place } = settingsWith(`instruments[].topUp(adaptive).${name}`, wrong);
      expect(problemsOf(settings)).toEqual([
        `${place}: must be a number from ${minimum} to ${maximum} (${unit})`,
      ]);
    }
  },
);

describe('what must fit together', () => {
  const [instrument] = exampleSettings.instruments;
  const many = Array.from({ length: 30 }, (_, index) => ({
    ...instrument,
    symbol: `chat-${index}`,
    marketId: `market_${index}`,
  }));
  const roles = Array.from({ length: 70 }, (_, index) => `arn:aws:iam::111122223333:role/on-call-${index}`);
  const one = (changes: Settings): Settings => ({ instruments: [{ ...instrument, ...changes }] });
  const threshold = (changes: Settings): Settings => one({ topUp: { ...policies['threshold'], ...changes } });
  const adaptive = (changes: Settings): Settings => one({ topUp: { policy: 'adaptive', ...changes } });
  const broken: readonly Settings[] = [
    { instruments: [instrument, { ...instrument, marketId: 'market_2' }] },
    { instruments: [instrument, { ...instrument, symbol: 'code-prime' }] },
    { instruments: many },
    { ...exampleSettings, readers: roles },
    one({ moveFromTrading: true }),
    threshold({ quantity: 101 }),
    threshold({ limitPrice: '2.495' }),
    threshold({ limitPrice: '2.51' }),
    adaptive({ emergencyPrice: '4.005' }),
    adaptive({ emergencyPrice: '2.49' }),
  ];

  it('is all in the document, with what is said', () => {
    const said = broken.flatMap(problemsOf);
    expect(said).toHaveLength(broken.length);
    const written = tableRows(text, 'Fields', 'Refused').map(
      ([path = '', message = '']) => `${(codeIn(path) ?? '').replace('[]', '.0')}: ${message}`,
    );
    expect(written).toEqual(said);
  });
});

it('the problems in the document are what a synthesis says', async () => {
  const [, example = ''] = /```\n(Stage "production".*?)```/s.exec(text) ?? [];
  const checkout = new Checkout(temporaryFolder(), {
    production: stageSource({
      region: 'Ireland',
      instruments: [
        {
          ...exampleSettings.instruments[0],
          maximumPrice: 2.5,
          topUp: { policy: 'threshold', minimumUnits: 5, limitPrice: '2.50' },
        },
      ],
      logRetentionDays: 31,
    }),
  });
  const { exitCode, stderr } = await checkout.synthesize('production');
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: example });
});

it('the least file in the document can be synthesized', async () => {
  const [, source = ''] = /```ts\n(.*?)```/s.exec(text) ?? [];
  const checkout = new Checkout(temporaryFolder(), { least: source });
  const { exitCode, stderr } = await checkout.synthesize('least');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
