import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundleOptions } from '../../../infra/bundling/bundle-options.ts';

/** Bundles a few lines of code as the functions are bundled, or with other plugins, and says where it is. */
export async function bundleSource(
  folder: string,
  contents: string,
  plugins: readonly Plugin[] = bundleOptions.plugins,
): Promise<string> {
  const stdin = { contents, resolveDir: process.cwd() };
  await build({ ...bundleOptions, plugins: [...plugins], outdir: folder, stdin });
  return join(folder, 'stdin.mjs');
}
