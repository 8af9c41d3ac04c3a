import { join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { functionNames } from '../function-names.ts';
import { bundleFile, bundleOptions } from './bundle-options.ts';
import { keepOnly, writeIfChanged } from './output-folder.ts';

export interface BundleFunctionsOptions {
  /** Folder that holds `<name>/handler.ts` for every function. */
  readonly functionsFolder: string;
  /** Folder to write to: `<name>/index.mjs` for every function, and nothing else beside it in `<name>`. */
  readonly outputFolder: string;
}

/**
 * Bundles all functions in one pass, each into a folder with a single file.
 *
 * One call of esbuild's API takes about a third of a second for all of them; CDK's `NodejsFunction` would start
 * `npx esbuild` once per function and takes no plugins. The same source gives the same bytes, wherever it is
 * built, so a function that did not change is not deployed again.
 *
 * @returns what went into which bundle; also written to `metafile.json`, beside the bundles and in none of them
 */
export async function bundleFunctions(options: BundleFunctionsOptions): Promise<Metafile> {
  const functionsFolder = resolve(options.functionsFolder);
  const outputFolder = resolve(options.outputFolder);
  const { metafile, outputFiles } = await build({
    ...bundleOptions,
    entryPoints: functionNames.map((name) => ({
      in: join(functionsFolder, name, 'handler.ts'),
      out: join(name, 'index'),
    })),
    outdir: outputFolder,
    metafile: true,
    write: false,
  });

  for (const { path, contents } of outputFiles) await writeIfChanged(path, contents);
  for (const name of functionNames) await keepOnly(join(outputFolder, name), bundleFile);
  await writeIfChanged(join(outputFolder, 'metafile.json'), Buffer.from(JSON.stringify(metafile)));
  return metafile;
}
