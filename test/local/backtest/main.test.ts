import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = resolve(import.meta.dirname, '../../../local/backtest/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'backtest-'));
const trace = join(folder, 'mine.csv');

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function backtest(...args: readonly string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [main, ...args], {
      maxBuffer: 1e8,
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

beforeAll(() => {
  const rows = Array.from({ length: 2880 }, (_, minute) => `${minute},${minute % 100 < 50 ? 0.03 : 0}`);
  writeFileSync(trace, `minute,units\n${rows.join('\n')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run backtest', () => {
  it('prints an aligned table with a legend, and nothing else', async () => {
    const { code, out, err } = await backtest(
      '--trace',
      trace,
      '--market',
      'calm',
      '--policy',
      'script-limit,auto-mode',
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^policy +market +runs +pooled +mean .* requests$/);
    expect(lines.slice(2, 4).map((line) => line.split(/\s{2,}/).slice(0, 3))).toEqual([
      ['script-limit', 'calm', '1'],
      ['auto-mode', 'calm', '1'],
    ]);
    expect(new Set(lines.slice(0, 4).map((line) => line.length)).size).toBe(1);
    expect(out).toMatch(/^waste +share of what was bought that expired unused/m);
  });

  it('gives the same figures for the same seed, on one thread or two, and others for another seed', async () => {
    const args = [
      '--trace',
      trace,
      '--trace',
      'onoff-12-201',
      '--policy',
      'script-limit,script-market',
      '--json',
    ];
    const [two, one, other] = await Promise.all([
      backtest(...args, '--threads', '2'),
      backtest(...args, '--threads', '1'),
      backtest(...args, '--seed', '2'),
    ]);
    const figures = JSON.parse(two.out) as { runs: { trace: string; market: string; policy: string }[] };
    expect(figures.runs.map((run) => [run.trace, run.market, run.policy])).toEqual(
      ['mine', 'onoff-12-201'].flatMap((name) =>
        ['calm-1', 'tight-1'].flatMap((market) =>
          ['script-limit', 'script-market'].map((policy) => [name, market, policy]),
        ),
      ),
    );
    expect(one.out).toBe(two.out);
    expect(other.out).not.toBe(two.out);
  });

  it('writes a page that needs nothing from anywhere', async () => {
    const file = join(folder, 'report.html');
    const { code } = await backtest('--trace', trace, '--policy', 'script-limit', '--report', file);
    expect(code).toBe(0);
    const page = readFileSync(file, 'utf8');
    // Asserted as facts, because a failure would print the whole page.
    const has = (pattern: RegExp) => pattern.test(page);
    expect(has(/^<!doctype html>/)).toBe(true);
    expect(/<h3>mine<span>(.*?)<\/span>/.exec(page)?.[1]).toBe('21.3 Units a day');
    expect(has(/<script|<link|<img|https?:|url\(|@import/), 'loads something').toBe(false);
    for (const colour of ['used', 'held', 'bought', 'expired', 'ask', 'paid', 'cap'])
      expect(
        has(new RegExp(`<path class="[a-z ]+" style="--key:var\\(--${colour}\\)" d="M[^"]+"/>`)),
        colour,
      ).toBe(true);
    expect(has(/NaN|undefined|Infinity/), 'a figure that is none').toBe(false);
  });

  it('tells everything that is wrong with the command line and the traces, and runs nothing', async () => {
    const bad = join(folder, 'bad.csv');
    const empty = join(folder, 'empty.csv');
    writeFileSync(bad, 'minute,units\n0,1\n1,much\n');
    writeFileSync(empty, '');
    const { code, out, err } = await backtest(
      '--policy',
      'best',
      '--trace',
      bad,
      '--trace',
      empty,
      '--trace',
      'nowhere',
    );
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^there is no policy "best"; there are /),
      `${bad}: line 3: must be a whole minute, a comma and Units such as 0.25, not "1,much"`,
      `${empty}: the file is empty`,
      'nowhere: there is no such file, and no trace of that name',
      'Try: npm run backtest -- --help',
      '',
    ]);
  });

  it('tells that a page cannot be written, after the figures', async () => {
    const { code, out, err } = await backtest(
      '--trace',
      trace,
      '--policy',
      'auto-mode',
      '--report',
      join(folder, 'none/report.html'),
    );
    expect(code).toBe(1);
    expect(out).toContain('auto-mode');
    expect(err).toMatch(/report\.html cannot be written: there is no folder .*none\.\n$/);
  });

  it('draws balance and price in the terminal, within its width', async () => {
    const args = ['--trace', trace, '--market', 'calm', '--policy', 'script-limit', '--chart'];
    const { code, out } = await backtest(...args);
    expect(code).toBe(0);
    const charts = out.slice(out.indexOf('mine, market calm-1, script-limit')).split('\n');
    expect(charts.filter((line) => /^(Held, Units|Price, USD per Unit): /.test(line))).toHaveLength(2);
    expect(charts.filter((line) => /^ +Mon +Tue$/.test(line))).toHaveLength(2);
    expect(Math.max(...charts.map((line) => line.length))).toBe(80);
  });

  it('helps', async () => {
    const { code, out } = await backtest('--help');
    expect(code).toBe(0);
    expect(out).toContain('npm run backtest -- --all');
  });
});
