import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseCommandLine } from '../../../local/exchange/command-line.ts';
import { at, createClientKey, type RawRequest, sendRaw, signedHeaders, textAt } from './support.ts';

function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['local/exchange/main.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** Everything a process writes until it ends, and how it ended. */
async function finish(child: ChildProcess) {
  const written = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()));
  await once(child, 'close');
  return { ...written, exitCode: child.exitCode, signal: child.signalCode };
}

async function firstLine(child: ChildProcess): Promise<unknown> {
  if (child.stdout === null) throw new Error('no output');
  const lines = createInterface(child.stdout);
  for await (const line of lines) return JSON.parse(line);
  throw new Error('no line');
}

describe('npm run exchange', () => {
  it('serves a signed client, in its own path family and from its own seed, and stops on SIGTERM', async () => {
    const key = createClientKey();
    const args = [
      '--port',
      '0',
      '--public-key',
      key.publicKey,
      '--prefix',
      '/v1',
      '--seed',
      '3',
      '--usd',
      '7.5',
    ];
    const child = run(...args, '--clock', 'stepped', '--start-at', '2026-01-01T00:00:00Z');
    const ready = await firstLine(child);
    const ended = finish(child);
    const raw: RawRequest = { method: 'GET', target: '/v1/currency-trading-accounts' };
    const answer = await sendRaw(textAt(ready, 'url'), { ...raw, headers: signedHeaders(raw, { key }) });
    expect([answer.status, answer.text]).toEqual([
      200,
      expect.stringContaining('"available_balance":"7.50"'),
    ]);
    const clock = await sendRaw(textAt(ready, 'admin'), { method: 'GET', target: '/clock' });
    expect(at(JSON.parse(clock.text), 'now')).toBe('2026-01-01T00:00:00.000Z');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ exitCode: 0, signal: null, stdout: '' });
  });

  it('goes on from its folder, however it ended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exchange-data-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const start = () => run('--port', '0', '--data', folder, '--seed', '3');
    const first = start();
    const admin = textAt(await firstLine(first), 'admin');
    await sendRaw(admin, { method: 'PUT', target: '/usd', body: '{"available":"12.34"}' });
    first.kill('SIGKILL');
    await finish(first);
    const money = await sendRaw(textAt(await firstLine(start()), 'admin'), {
      method: 'GET',
      target: '/money',
    });
    expect(at(JSON.parse(money.text), 'available')).toBe('12.34');
    const { exitCode, stderr } = await finish(run('--port', '0', '--data', folder));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('uses this data directory already')]);
  });

  it('exits with 1 and a reason when its folder holds another exchange', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exchange-data-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const child = run('--port', '0', '--data', folder, '--seed', '3');
    await firstLine(child);
    child.kill('SIGTERM');
    await finish(child);
    const { exitCode, stderr } = await finish(run('--port', '0', '--data', folder, '--seed', '4'));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('another value for: seed')]);
  });

  it('stops on SIGINT although a client keeps its connection open', async () => {
    const child = run('--port', '0');
    const ready = await firstLine(child);
    const ended = finish(child);
    await fetch(`${textAt(ready, 'url')}/api/v1/trading/health`);
    child.kill('SIGINT');
    const { exitCode, stderr } = await ended;
    expect(exitCode).toBe(0);
    expect(stderr).toContain('no trading key is registered');
  });

  it('names every problem of a wrong command line, and exits with 2', async () => {
    const { exitCode, stderr, stdout } = await finish(
      run('--prot', '80', '--seed=x', '--public-key', 'AAAA'),
    );
    expect([exitCode, stdout]).toEqual([2, '']);
    for (const part of ['--prot', '--port is required', '--seed', '--public-key'])
      expect(stderr).toContain(part);
  });

  it('exits with 1 and a reason when its port is taken', async () => {
    const first = run('--port', '0');
    const port = new URL(textAt(await firstLine(first), 'url')).port;
    const { exitCode, stderr } = await finish(run('--port', port));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('EADDRINUSE')]);
  });

  it('explains itself', async () => {
    const { exitCode, stdout } = await finish(run('--help'));
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('--admin-port')]);
  });
});

describe('the command line', () => {
  it.each([
    [['--port', '70000'], /--port must be a whole number from 0 to 65535/],
    [['--port'], /--port needs a value/],
    [['--port', '0', '--usd', '1e3'], /--usd/],
    [['--port', '0', '--prefix', 'v1/'], /prefix must look like/],
    [['--port', '0', '--extra-prefix', '/v1/'], /prefix must look like/],
    [['--port', '0', '--clock', 'fast'], /--clock must be/],
    [['--port', '0', '--factor', '60'], /--factor needs --clock accelerated/],
    [['--port', '0', '--clock', 'accelerated', '--factor', '0'], /--factor must be/],
    [['--port', '0', '--start-at', '2026-01-01'], /--start-at needs --clock stepped/],
    [['--port', '0', '--clock', 'stepped', '--start-at', 'soon'], /--start-at must be/],
    [['--port', '0', '--data='], /--data needs a folder/],
    [['--port', '0', 'now'], /"now" is not an option/],
  ])('refuses %o', (args, problem) => {
    const command = parseCommandLine(args);
    expect(command.kind === 'wrong' ? command.problems.join('\n') : 'accepted').toMatch(problem);
  });

  it('takes several keys and prefixes', () => {
    const keys = [createClientKey().publicKey, createClientKey().publicKey];
    const args = ['--port', '0', ...keys.flatMap((key) => ['--public-key', key]), '--extra-prefix', '/v1'];
    expect(parseCommandLine(args)).toMatchObject({
      kind: 'start',
      options: { port: 0, publicKeys: keys, extraPrefixes: ['/v1'] },
    });
  });
});
