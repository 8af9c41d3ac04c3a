import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../infra/bundling/bundle-options.ts';
import type { FunctionName } from '../../infra/function-names.ts';

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

/** Bundles the handler of the official way as esbuild does it by itself. @returns the folder with its `index.mjs` */
export async function bundleOfficial(outputFolder: string): Promise<string> {
  const folder = join(outputFolder, 'official');
  await build({
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    entryPoints: [{ in: join(import.meta.dirname, '../official/handler.ts'), out: 'index' }],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    // Its dependencies call `require` for built-ins.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return folder;
}

/** Bundles a function readably, with a source map beside it, to see where its time goes. @returns the folder */
export async function bundleWithMap(name: FunctionName, outputFolder: string): Promise<string> {
  const folder = join(outputFolder, `${name}-with-map`);
  await build({
    ...bundleOptions,
    minify: false,
    sourcemap: 'external',
    entryPoints: [{ in: join(import.meta.dirname, '../../functions', name, 'handler.ts'), out: 'index' }],
    outdir: folder,
  });
  return folder;
}
