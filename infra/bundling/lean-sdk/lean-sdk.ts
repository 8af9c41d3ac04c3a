import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { replacements } from './replacements.ts';

/**
 * Leaves out of the bundles what of the AWS SDK has no work in a Lambda function: more than half of it, and of the time that
 * it takes to load. Our own code uses the SDK as it is documented and knows nothing of this.
 *
 * The tests fail when the text of a module that is replaced is not the one that was read: look at it again then.
 */
export const leanSdk: Plugin = {
  name: 'lean-sdk',
  setup(build) {
    for (const { module, text } of replacements) {
      build.onLoad({ filter: pathOf(module) }, async ({ path }) => ({
        contents: text(await readFile(path, 'utf8')),
        loader: path.endsWith('.json') ? 'json' : 'js',
      }));
    }
  },
};

/** Any installed copy of the module. */
function pathOf(module: string): RegExp {
  return new RegExp(`[\\\\/]node_modules[\\\\/]${RegExp.escape(module).replaceAll('\\/', '[\\\\/]')}$`);
}
