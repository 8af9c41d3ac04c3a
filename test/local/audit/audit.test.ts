import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../infra/support/temporary-folder.ts';
import { type ProgramResult, startProgram } from '../../support/run-program.ts';
import { type Advisory, type LocalRegistry, locked, startRegistry, writeProject } from './support.ts';

const home = temporaryFolder();
const project = join(home, 'project');
const closing: LocalRegistry[] = [];

afterEach(async () => {
  for (const registry of closing.splice(0)) await registry.close();
});

/** Runs `npm run audit` on the project, with a registry that knows these advisories. */
async function audit(
  known?: Readonly<Record<string, readonly Advisory[]>>,
): Promise<ProgramResult & { readonly questions: readonly unknown[] }> {
  const registry = await startRegistry(known);
  closing.push(registry);
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    npm_config_registry: registry.url,
    npm_config_cache: join(home, 'cache'),
    npm_config_update_notifier: 'false',
  };
  const result = await startProgram('local/audit/main.ts', [], project, env).result;
  return { ...result, questions: registry.questions };
}

let advisories = 0;

/** Each with a number of its own: npm remembers what it has heard by it. */
function advisory(severity: string, title: string): Advisory {
  advisories += 1;
  return {
    id: advisories,
    url: 'https://example.com/advisory',
    title,
    severity,
    vulnerable_versions: '<9.0.0',
  };
}

describe('a sound project', () => {
  it('passes where the registry knows nothing against it, which is asked once for what is deployed and once for all', async () => {
    writeProject(project);
    const { exitCode, stdout, stderr, questions } = await audit({});
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'Versions:         3 in package.json, 7 packages in package-lock.json',
      'Wrong with them:  nothing',
      'What is deployed: no known vulnerability',
      'With all tools:   no known vulnerability',
      '',
    ]);
    const [deployed, everything] = questions;
    expect(deployed).toHaveProperty('deployed-one', ['1.2.3']);
    expect(deployed).not.toHaveProperty('a-tool');
    expect(deployed).not.toHaveProperty('a-program');
    expect(everything).toMatchObject({
      'deployed-one': ['1.2.3'],
      'a-tool': ['4.5.6'],
      'a-program': ['7.8.9'],
    });
  });

  it('ends with 2, and says so, where the registry cannot be asked', async () => {
    writeProject(project);
    const { exitCode, stdout } = await audit();
    expect(exitCode).toBe(2);
    expect(stdout).toContain('What is deployed: could not be audited: 405 Method Not Allowed');
    expect(stdout).toContain('NOT AUDITED. Repeat this where the npm registry can be reached.');
    expect(stdout).not.toContain('no known vulnerability');
  });

  it('ends with 2 where there is no registry', async () => {
    writeProject(project, { npmrc: 'ignore-scripts=true\nmin-release-age=7\nfetch-retries=0\n' });
    const registry = await startRegistry({});
    await registry.close();
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      npm_config_registry: registry.url,
      npm_config_cache: join(home, 'cache'),
    };
    const { exitCode, stdout } = await startProgram('local/audit/main.ts', [], project, env).result;
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/What is deployed: could not be audited: .*ECONNREFUSED/);
  });
});

describe('known vulnerabilities', () => {
  it.each([
    ['critical', 1],
    ['high', 1],
    ['moderate', 0],
    ['low', 0],
  ])('%s, in what is deployed: ends with %i', async (severity, expected) => {
    writeProject(project);
    const { exitCode, stdout } = await audit({ 'deployed-one': [advisory(severity, 'Gives keys away')] });
    expect(exitCode).toBe(expected);
    expect(stdout).toContain(`What is deployed: 1 ${severity}\n`);
    expect(stdout).toContain(
      `  - deployed-one (${severity}): Gives keys away (https://example.com/advisory)\n`,
    );
  });

  it('critical, in a tool: are told, and keep nobody from deploying', async () => {
    writeProject(project);
    const { exitCode, stdout } = await audit({ '@scope/used': [advisory('critical', 'Is slow')] });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('What is deployed: no known vulnerability\n');
    expect(stdout).toContain('  - @scope/used (critical): Is slow (https://example.com/advisory)\n');
    expect(stdout).toContain('  - a-tool (critical): uses one of the others\n');
  });
});

describe('a project with something wrong', () => {
  it('ends with 1, all of it told at once, also where the registry cannot be asked', async () => {
    writeProject(project, {
      manifest: { dependencies: { 'deployed-one': '^1.2.3' } },
      packages: {
        'node_modules/careless': { version: '1.0.0' },
        'node_modules/runs-code': locked('1.0.0', { hasInstallScript: true }),
      },
      npmrc: '',
    });
    const { exitCode, stdout } = await audit();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Wrong with them:  5\n');
    for (const place of [
      'package.json dependencies: deployed-one is wanted as "^1.2.3"',
      '.npmrc lets packages run code',
      '.npmrc takes versions on the day they are published',
      'node_modules/careless has no sha512 hash',
      'node_modules/runs-code has an install script',
    ]) {
      expect(stdout).toContain(`  - ${place}`);
    }
  });

  it.each([
    ['is not JSON', '{', 'package-lock.json is missing or is not JSON.'],
    ['is of an old kind', '{"lockfileVersion":1,"packages":{}}', 'lockfileVersion: must be 2 or 3'],
  ])('ends with 1 and a message when the lock file %s', async (_how, content, message) => {
    writeProject(project);
    writeFileSync(join(project, 'package-lock.json'), content);
    const { exitCode, stderr } = await audit({});
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
