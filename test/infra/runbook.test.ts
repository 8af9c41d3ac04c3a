import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alarmCatalogue } from '../../infra/constructs/monitoring/alarm-catalogue.ts';
import { functionNames } from '../../infra/function-names.ts';
import { alarmsOf } from './support/alarms.ts';
import { toppedUpInstrument } from './support/example-settings.ts';
import { resources } from './support/resources.ts';
import { runNode } from './support/run-node.ts';
import { synthesize } from './support/synthesize.ts';

const text = readFileSync('docs/operations.md', 'utf8');
const alarmNames = Object.keys(alarmCatalogue);
const template = synthesize({ instruments: [toppedUpInstrument], watchSigningKeyReads: true });

/** As headings are linked to: in lower case, with hyphens for spaces. */
const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');

/** Everything from the first page on, by anchor. */
const sections = new Map(
  text
    .slice(text.indexOf('# Pages'))
    .split(/^## /m)
    .slice(1)
    .map((section) => [anchorOf(section.split('\n', 1)[0] ?? ''), section] as const),
);

describe('the runbook', () => {
  it('has a section for each kind of alarm, and no other', () => {
    expect([...sections.keys()]).toEqual(alarmNames);
  });

  it('has the section that each alarm names, and each section is named by an alarm', () => {
    const rules = resources(template, 'AWS::Events::Rule').map(({ Properties }) =>
      JSON.stringify(Properties['Targets']),
    );
    const texts = [...alarmsOf(template).map(({ description }) => description), ...rules];
    const named = texts.map((said) => /#([a-z-]+)/.exec(said)?.[1]);
    expect(new Set(named)).toEqual(new Set(alarmNames));
  });

  it.each([...sections])(
    '%s says what happened, what it breaks, what to do and when it ends',
    (_anchor, section) => {
      expect(section).toMatch(
        /\*\*What happened\.\*\*\s.+\*\*What it breaks\.\*\*\s.+\*\*What to do\.\*\*\s.+\*\*When it ends\.\*\*\s.+/s,
      );
    },
  );

  it('counts the alarms that there are, for what they cost', () => {
    const watched = alarmsOf(synthesize({ instruments: [toppedUpInstrument] })).length;
    const stated = /\| Alarms \| (\d+), 2 for each of (\d+) functions and 3 \*i\* \| (\d+) \|/.exec(text);
    const [fixed, functions, together] = (stated ?? []).slice(1).map(Number);
    expect([functions, together]).toEqual([functionNames.length, watched]);
    expect(fixed).toBe(watched - 2 * functionNames.length - 3);
  });

  it('links to headings that exist', () => {
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));
    const links = [...text.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.length).toBeGreaterThan(10);
    expect(headings).toEqual(expect.arrayContaining(links));
  });

  it('uses outputs that the stack has', () => {
    const used = [...text.matchAll(/<([A-Z][A-Za-z]+)>/g)].map(([, name]) => name);
    expect(Object.keys(template.findOutputs('*'))).toEqual(expect.arrayContaining(used));
    expect(used.length).toBeGreaterThan(10);
  });

  it('uses commands that the administrator has', async () => {
    const { stderr: usage, exitCode } = await runNode(['local/control/main.ts']);
    expect(exitCode).toBe(2);
    const verbs = [...text.matchAll(/npm run control -- ([a-z-]+)/g)].map(([, verb]) => verb);
    for (const verb of new Set(verbs)) expect(usage).toMatch(new RegExp(`\\b${verb}\\b`));
    expect(new Set(verbs).size).toBeGreaterThan(3);
  });

  it('calls routes that the API has', () => {
    const routes = resources(template, 'AWS::ApiGatewayV2::Route').map(
      ({ Properties }) => Properties['RouteKey'],
    );
    const calls = [...text.matchAll(/call (?:-X ([A-Z]+) )?"<ApiUrl>(\/[a-z/<>]+)/g)].map(
      ([, method = 'GET', path = '']) => `${method} ${path.replace('<id>', '{id}')}`,
    );
    expect(routes).toEqual(expect.arrayContaining(calls));
    expect(calls.length).toBeGreaterThan(5);
  });
});
