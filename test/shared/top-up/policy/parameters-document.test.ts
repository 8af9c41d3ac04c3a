import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { presets, settingDescriptions, settingsOf } from '../../../../shared/top-up/policy/parameters.ts';

const text = readFileSync(resolve(import.meta.dirname, '../../../../docs/top-up.md'), 'utf8');

function tableOf(heading: string): string[][] {
  const section = text.slice(text.indexOf(`## ${heading}`)).split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('the document of the top-up', () => {
  it('lists every setting as the code has it, and no other, and says when to change it', () => {
    const written = Object.entries(settingDescriptions).map(([name, one]): unknown[] => [
      `\`${name}\``,
      one.unit,
      String(one.default),
      `${one.minimum} to ${one.maximum}`,
      expect.stringMatching(/^\w[^|]{20,}\.$/),
    ]);
    expect(tableOf('Settings')).toEqual(written);
  });

  it('lists every preset with what it changes', () => {
    const written = Object.entries(presets).map(([name, changes]) => [
      `\`${name}\``,
      Object.entries(changes)
        .map(([setting, value]) => `${setting} ${value}`)
        .join(', ') || 'nothing',
    ]);
    expect(tableOf('Presets').map((row) => row.slice(0, 2))).toEqual(written);
  });
});

describe('settings', () => {
  it('are the default, changed by a preset, changed by what is given, held within their range', () => {
    expect(settingsOf({}).shortageCost).toBe(settingDescriptions.shortageCost.default);
    expect(settingsOf({ preset: 'safe' }).shortageCost).toBe(presets.safe.shortageCost);
    expect(settingsOf({ preset: 'safe', shortageCost: 5 }).shortageCost).toBe(5);
    expect(settingsOf({ headroom: -3 }).headroom).toBe(settingDescriptions.headroom.minimum);
    expect(settingsOf({ headroom: Number.NaN }).headroom).toBe(settingDescriptions.headroom.default);
  });
});
