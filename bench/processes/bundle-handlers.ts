import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../infra/bundling/bundle-options.ts';

const handlersFolder = join(import.meta.dirname, '../handlers');

/** Bundles a handler of the bench as the service's functions are bundled. @returns the folder with its `index.mjs` */
export async function bundleLikeOurs(name: string, outputFolder: string): Promise<string> {
  const folder = join(outputFolder, name);
  await build({
    ...bundleOptions,
    entryPoints: [{ in: join(handlersFolder, `${name}.ts`), out: 'index' }],
    outdir: folder,
  });
  return folder;
}
