import type { Plugin } from 'esbuild';

/**
 * Gives DynamoDB's endpoint discovery a `Map` for a cache instead of a library for caches with a limit: 7 kB of every
 * bundle, for a feature that is off and would ever hold one endpoint.
 */
export const smallEndpointCache: Plugin = {
  name: 'small-endpoint-cache',
  setup(build) {
    build.onResolve({ filter: /^mnemonist\/lru-cache$/ }, ({ path }) => ({
      path,
      namespace: 'small-endpoint-cache',
    }));
    build.onLoad({ filter: /.*/, namespace: 'small-endpoint-cache' }, () => ({
      contents: `export default class extends Map {
        constructor() { super(); }
        peek(key) { return this.get(key); }
      }`,
      loader: 'js',
    }));
  },
};
