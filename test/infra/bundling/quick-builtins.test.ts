import { expect, it } from 'vitest';
import { bundleSource } from '../support/bundle-source.ts';
import { importFresh } from '../support/import-fresh.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const source = `
  import http, { Agent } from 'node:http';
  import * as https from 'https';
  import { constants } from 'http2';
  import { readFile } from 'fs';
  import process, { env } from 'node:process';
  const required = require('node:crypto');
  const dynamic = await import('node:http');
  const wrong = Object.entries({
    http: typeof Agent === 'function' && http.Agent === Agent,
    https: typeof https.request === 'function',
    http2: constants.HTTP2_HEADER_STATUS === ':status',
    fs: typeof readFile === 'function',
    process: process.env === env,
    required: typeof required.randomBytes === 'function',
    dynamic: dynamic.Agent === Agent && dynamic.default.Agent === Agent,
  }).filter(([, isRight]) => !isRight);
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  export const handler = 1;
`;
/** ESM has no `require`. */
const ordinarySource = source.replace("require('node:crypto')", "process.getBuiltinModule('node:crypto')");
const quick = temporaryFolder();
const ordinary = temporaryFolder();

/** Modules that are loaded when exports of others are merely read. */
const loadedByReading = ['internal/deps/undici/undici', 'internal/process/finalization'];
const among = (builtins: readonly string[]) =>
  loadedByReading.filter((name) => builtins.includes(`NativeModule ${name}`));

it('every way to take a built-in gives it, and reads of it only what is used', async () => {
  const { exported, builtins } = await importFresh(await bundleSource(quick, source));
  expect(exported).toEqual(['handler']);
  expect(among(builtins)).toEqual([]);
});

it('is still needed: ordinary imports load all that', async () => {
  const { builtins } = await importFresh(await bundleSource(ordinary, ordinarySource, []));
  expect(among(builtins)).toEqual(loadedByReading);
});
