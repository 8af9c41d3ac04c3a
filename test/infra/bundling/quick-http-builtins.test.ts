import { expect, it } from 'vitest';
import { bundleSource } from '../support/bundle-source.ts';
import { importFresh } from '../support/import-fresh.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const source = `
  import http, { Agent } from 'node:http';
  import * as https from 'https';
  import { constants } from 'http2';
  if (typeof Agent !== 'function' || http.Agent !== Agent) throw new Error('http');
  if (typeof https.request !== 'function') throw new Error('https');
  if (constants.HTTP2_HEADER_STATUS !== ':status') throw new Error('http2');
  export const handler = 1;
`;
const quick = temporaryFolder();
const ordinary = temporaryFolder();

it('every way to import an HTTP module gives the module, and leaves undici alone', async () => {
  const { exported, builtins } = await importFresh(await bundleSource(quick, source));
  expect(exported).toEqual(['handler']);
  expect(builtins.filter((builtin) => builtin.includes('undici'))).toEqual([]);
});

it('is still needed: an ordinary import loads undici', async () => {
  const { builtins } = await importFresh(await bundleSource(ordinary, source, []));
  expect(builtins.filter((builtin) => builtin.includes('undici'))).not.toEqual([]);
});
