import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateKeyPair } from '../../shared/signing/key-pair.ts';
import {
  type ProgramResult,
  type RunningProgram,
  startCommand,
  startProgram,
} from '../support/run-program.ts';

const scripts = resolve(import.meta.dirname, '../fixtures/exchange-guide');
const published = 'https://trading.api.thegrid.ai';
/** A Python with the two libraries that the guide's scripts import. */
const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import nacl.signing, requests']).status === 0,
);
const isRequired = process.env['REQUIRE_PYTHON'] === '1';
const ready = v.object({ url: v.string(), admin: v.string() });

const keyPair = generateKeyPair();
let folder: string;
let exchange: RunningProgram;
let url: string;
let admin: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grid-buyer-guide-'));
  exchange = startProgram('local/exchange/main.ts', [
    '--port',
    '0',
    '--public-key',
    keyPair.publicKey,
    '--seed',
    '7',
  ]);
  ({ url, admin } = v.parse(ready, JSON.parse(await exchange.until(/\n/))));
});

afterEach(async () => {
  exchange.child.kill('SIGTERM');
  expect((await exchange.result).exitCode).toBe(0);
  rmSync(folder, { recursive: true });
});

/** Runs a script of the guide with nothing changed but the base URL. */
function runScript(name: string, change = (text: string) => text, key = keyPair): Promise<ProgramResult> {
  const path = join(folder, name);
  writeFileSync(path, change(readFileSync(join(scripts, name), 'utf8').replace(published, url)));
  const env = {
    ...process.env,
    GRID_TRADING_PRIVATE_KEY: key.privateKey,
    GRID_TRADING_FINGERPRINT: key.fingerprint,
  };
  return startCommand(python ?? 'python3', [path], { env }).result;
}

async function ordersAccepted(): Promise<number> {
  const truth: unknown = await (await fetch(`${admin}/truth`)).json();
  return v.parse(v.object({ orders: v.object({ accepted: v.number() }) }), truth).orders.accepted;
}

it('the scripts can be run here, where that is required', () => {
  expect(python !== undefined || !isRequired).toBe(true);
});

describe.skipIf(python === undefined)("the exchange's own scripts against the simulator", () => {
  it('buy a Unit and show it in the consumption account', async () => {
    const bought = await runScript('place_order.py');
    expect(bought.stderr).toBe('');
    expect(bought.stdout).toMatch(/^Order ID: order_[0-9a-f-]{36}\n$/);
    const shown = await runScript('list_consumption_accounts.py');
    expect(shown.stdout).toMatch(
      /: 1(\.0+)? available, 1(\.0+)? total \(instrument instrument_[0-9a-f-]{36}\)/,
    );
    expect(await ordersAccepted()).toBe(1);
  });

  it.each<[string, (text: string) => string, typeof keyPair]>([
    ['a key that is not registered', (text) => text, generateKeyPair()],
    [
      'a clock that is a minute behind',
      (text) => text.replace('int(time.time())', 'int(time.time() - 60)'),
      keyPair,
    ],
    [
      'a clock that is a minute ahead',
      (text) => text.replace('int(time.time())', 'int(time.time() + 60)'),
      keyPair,
    ],
    ['a signed query', (text) => text.replace('{path}{body}', '{path}?order_by=created_at{body}'), keyPair],
  ])('are refused with 401 for %s', async (_name, change, key) => {
    const refused = await runScript('place_order.py', change, key);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('401');
    expect(await ordersAccepted()).toBe(0);
  });
});
