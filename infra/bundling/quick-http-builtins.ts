import type { Plugin } from 'esbuild';

/**
 * Takes Node's HTTP modules without an `import` statement.
 *
 * An ESM import of a built-in reads every one of its exports, and those of `http` load `undici` lazily: 40 to
 * 60 ms of every cold start, although nothing here uses `fetch` (nodejs/node#59686). A module that assigns
 * `process.getBuiltinModule(...)` hands out the same object and touches nothing.
 */
export const quickHttpBuiltins: Plugin = {
  name: 'quick-http-builtins',
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?(?:http|https|http2)$/ }, ({ path }) => ({
      path: path.replace(/^(?:node:)?/, 'node:'),
      namespace: 'quick-http-builtins',
    }));
    build.onLoad({ filter: /.*/, namespace: 'quick-http-builtins' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};
