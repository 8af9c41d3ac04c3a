import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { SigningKey } from '../../../shared/signing/signing-key.ts';
import { hexToBase64, rfc8032 } from './support/rfc8032.ts';

const seed = rfc8032[1]?.seed ?? '';
const key = SigningKey.load(hexToBase64(seed));

/** Every form in which the seed could show, by the parts that would be enough to notice. */
const tellTales = [
  Buffer.from(seed, 'hex').toString('latin1').slice(0, 12),
  seed.slice(0, 12),
  seed.slice(0, 12).toUpperCase(),
  hexToBase64(seed).slice(0, 10),
  Buffer.from(seed, 'hex').toString('base64url').slice(0, 10),
  [...Buffer.from(seed, 'hex').subarray(0, 6)].join(','),
  [...Buffer.from(seed, 'hex').subarray(0, 6)].join(', '),
  (seed.match(/../g) ?? []).slice(0, 6).join(' '),
];

function showsSeed(text: string): boolean {
  const oneLine = text.replaceAll(/\s+/g, ' ');
  return tellTales.some((part) => text.includes(part) || oneLine.includes(part));
}

function printed(write: (console: Console) => void): string {
  const stream = new PassThrough();
  write(new Console({ stdout: stream, stderr: stream }));
  const output: unknown = stream.read();
  return Buffer.isBuffer(output) ? output.toString('utf8') : '';
}

const views: Record<string, () => string> = {
  inspect: () => inspect(key),
  'inspect of an object that holds it': () => inspect({ deep: { deeper: { deepest: [key] } } }, { depth: 9 }),
  'inspect that shows hidden things': () => inspect(key, { showHidden: true, depth: Infinity }),
  'inspect without its own view': () =>
    inspect(key, { customInspect: false, showHidden: true, depth: Infinity, showProxy: true, getters: true }),
  JSON: () => JSON.stringify({ key, list: [key] }),
  'String()': () => String(key),
  // oxlint-disable-next-line typescript/restrict-template-expressions -- what a careless log line does
  'a template': () => `${key}`,
  format: () => format('%s %o %O %j', key, key, key, key),
  'its own keys': () =>
    JSON.stringify([Object.keys(key), Object.getOwnPropertyNames(key), Reflect.ownKeys(key)]),
  'its entries': () => inspect(Object.entries(key), { depth: Infinity }),
  'a copy of its fields': () => inspect(Object.assign({}, key), { depth: Infinity, maxArrayLength: null }),
  'a structured clone': () => inspect(structuredClone(key), { depth: Infinity, maxArrayLength: null }),
  'v8.serialize': () => serialize(key).toString('latin1'),
  'the console': () =>
    printed((console) => {
      console.log(key, { key });
      console.dir(key, { showHidden: true, depth: null });
      console.table([key]);
      console.error('failed with %o', key);
    }),
  'an error that carries it': () => inspect(new Error('failed', { cause: key }), { depth: Infinity }),
};

describe('a signing key', () => {
  it.each(Object.entries(views))('does not show its seed through %s', (_name, view) => {
    const text = view();
    expect(text.length).toBeGreaterThan(2);
    expect(showsSeed(text)).toBe(false);
  });

  it('shows what it is, and not its fingerprint either', () => {
    const shown = '[signing key]';
    expect(inspect(key)).toBe(shown);
    expect(String(key)).toBe(shown);
    expect(JSON.stringify([key])).toBe(JSON.stringify([shown]));
  });

  it('would be caught by this test if it showed its seed', () => {
    const raw = Buffer.from(seed, 'hex');
    const shown = [raw.toString('base64'), inspect(raw), inspect([...raw]), JSON.stringify(raw), seed];
    expect(shown.filter((view) => !showsSeed(view))).toEqual([]);
    expect(showsSeed(serialize({ raw }).toString('latin1'))).toBe(true);
  });
});
