import type { BuildOptions } from 'esbuild';
import { leanSdk } from './lean-sdk/lean-sdk.ts';
import { quickBuiltins } from './quick-builtins.ts';

/** Name of the one file in every bundle. Lambda finds the handler as `index.handler`. */
export const bundleFile = 'index.mjs';

/** Lambda's `Handler` property of every bundle. */
export const bundleHandler = 'index.handler';

/**
 * How every function is bundled.
 *
 * - ESM, because a handler may then await at the top level: Lambda runs the init phase on a full CPU, so the
 *   signing key is fetched and parsed there and not in the first order.
 * - The AWS SDK is bundled: quicker to load than the runtime's own copy, and the version that was tested.
 * - `module` before `main` takes the SDK's ESM build, which esbuild can shake: a third smaller.
 * - No source map. Lambda reads one only with `--enable-source-maps`, which costs every cold start; the same
 *   commit gives the same bytes, so a map for a stack trace can be made when it is needed.
 */
export const bundleOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true,
  sourcemap: false,
  legalComments: 'none',
  charset: 'utf8',
  plugins: [quickBuiltins, leanSdk],
  logLevel: 'silent',
} as const satisfies BuildOptions;
