import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accessLogFields } from '../../infra/constructs/access-log-fields.ts';
import { missingTitles, namedTests } from './support/named-tests.ts';
import { rightsTable } from './support/rights-table.ts';

const text = readFileSync('docs/security.md', 'utf8');
const [, threatened = ''] = text.split(/^## Threats$/m);
const threats = (threatened.split(/^## /m)[0] ?? '')
  .split(/^### /m)
  .slice(1)
  .map((section) => [section.split('\n', 1)[0] ?? '', section] as const);

describe('the document of security', () => {
  it('has the threats of the design, and more', () => {
    expect(threats.length).toBeGreaterThanOrEqual(10);
    for (const word of [
      'signing key',
      'caller',
      'Replay',
      'settings',
      'deploys',
      'dependency',
      'logs',
      'schedule',
      'address',
    ]) {
      expect(threats.map(([title]) => title).join('\n')).toContain(word);
    }
  });

  it.each(threats)(
    '%s: says what could happen, what stops it, what remains, and which tests show it',
    (_title, section) => {
      expect(section).toMatch(
        /\*\*Could happen\.\*\*\s.+\*\*Stops it\.\*\*\s.+\*\*Remains\.\*\*\s.+^- `test\//ms,
      );
      expect(namedTests(section).flatMap(missingTitles)).toEqual([]);
    },
  );

  it('has the rights that the stack grants', () => {
    expect(text).toContain(`\n${rightsTable()}\n`);
  });

  it('has the fields of the access log', () => {
    const [, fields = ''] = /The access log[^|]*\| ([^|]+)\|/.exec(text) ?? [];
    expect(fields.match(/`(\w+)`/g)?.map((field) => field.slice(1, -1))).toEqual(
      Object.keys(accessLogFields),
    );
  });
});
