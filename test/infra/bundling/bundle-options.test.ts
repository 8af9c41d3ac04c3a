import { expect, it } from 'vitest';
import { bundleSource } from '../support/bundle-source.ts';
import { importFresh } from '../support/import-fresh.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();

it('a handler may await at the top level', async () => {
  const { exported } = await importFresh(
    await bundleSource(folder, 'export const handler = await (async () => 1)();'),
  );
  expect(exported).toEqual(['handler']);
});

it('a CommonJS dependency may require a built-in while it loads', async () => {
  const { exported } = await importFresh(
    await bundleSource(folder, `module.exports = { bytes: require('crypto').randomBytes(1) };`),
  );
  expect(exported).toEqual(['default']);
});

it('classes keep their names, which logs show', async () => {
  const bundle = await bundleSource(
    folder,
    `class OrderRefused extends Error {}
     if (new OrderRefused().constructor.name !== 'OrderRefused') throw new Error('the name is lost');
     export const handler = 1;`,
  );
  await expect(importFresh(bundle)).resolves.toMatchObject({ exported: ['handler'] });
});
