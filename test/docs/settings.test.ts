import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { instrumentsSchema } from '../../shared/configuration/instruments.ts';
import { spendingLimitsSchema } from '../../shared/configuration/spending-limits.ts';
import type { Deployment } from '../../shared/settings/deployment.ts';
import { withAssignments } from '../../shared/settings/edit.ts';
import { problemsUnder } from '../../shared/settings/problems-under.ts';
import { newStageSettings, parseSettings } from '../../shared/settings/settings.ts';
import { settingDescriptions } from '../../shared/top-up/policy/parameters.ts';

const text = readFileSync('docs/settings.md', 'utf8');
const fixed = { minimumUnits: 5, quantity: 10, limitPrice: '2.50' };
const bounds = { maximumPrice: '2.50', maximumQuantity: 100 };
const deployment: Deployment = {
  spendingLimits: v.parse(spendingLimitsSchema, {}),
  instruments: v.parse(instrumentsSchema, [
    { symbol: 'a', marketId: 'a', ...bounds, topUp: { policy: 'adaptive', emergencyPrice: '3.00' } },
    { symbol: 't', marketId: 't', ...bounds, topUp: { policy: 'threshold', ...fixed } },
    { symbol: 'p', marketId: 'p', ...bounds, topUp: { policy: 'price-aware', ...fixed, dangerUnits: 1 } },
  ]),
};
/** Which instrument a section speaks of. */
const symbols: Readonly<Record<string, string>> = {
  'Topped up by a threshold': 't',
  'Topped up at good prices': 'p',
};

const rows = text.split(/^##+ /m).flatMap((section) => {
  const heading = section.split('\n', 1)[0] ?? '';
  const cells = [...section.matchAll(/^\| `([^`]+)` \| (.+) \| (.+) \| `([^`]+)` \|$/gm)];
  return cells.map(([, path = '', unit = '', usual = '', example = '']) => ({
    path: path.replace('SYMBOL', symbols[heading] ?? 'a'),
    unit,
    usual,
    example,
  }));
});

const topUpOf = (symbol: string, ...names: readonly string[]) =>
  names.map((name) => `instruments.${symbol}.topUp.${name}`);
const fixedNames = ['policy', ...Object.keys(fixed)];

describe('the document of the settings', () => {
  it('lists every path, and no other', () => {
    expect(rows.map(({ path }) => path)).toEqual([
      'mode',
      ...Object.keys(deployment.spendingLimits).map((name) => `spendingLimits.${name}`),
      'instruments.a.paused',
      'instruments.a.maximumPrice',
      ...topUpOf('a', 'policy', 'preset', 'emergencyPrice', ...Object.keys(settingDescriptions)),
      ...topUpOf('t', ...fixedNames),
      ...topUpOf('p', ...fixedNames, 'dangerUnits', 'goodPriceQuantile'),
    ]);
  });

  it.each(rows)('$path takes its example, $example, and changes by it', ({ path, example }) => {
    const edited = withAssignments(newStageSettings, [{ path, value: example }], deployment);
    const { settings, problems } = parseSettings(edited);
    expect(problems).toEqual([]);
    expect(settings === undefined ? ['none'] : problemsUnder(settings, deployment)).toEqual([]);
    expect(settings).not.toEqual(newStageSettings);
  });

  it('has units and defaults as the policy has them', () => {
    const written = rows
      .filter(({ path }) => path.split('.')[3] !== undefined && path.startsWith('instruments.a.'))
      .slice(3)
      .map(({ path, unit, usual }) => [path.split('.')[3], unit, usual]);
    expect(written).toEqual(
      Object.entries(settingDescriptions).map(([name, one]) => [name, one.unit, String(one.default)]),
    );
  });
});
