import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Leaves the SDK one way to get credentials: the environment, where Lambda puts those of the function's role.
 *
 * The SDK's own chain also knows profiles, single sign-on, subprocesses and instance metadata, with four more AWS
 * clients to ask for them: a third of a bundle, and a seventh of the processor time it takes to load. Lambda needs none of it, and
 * code that signs orders is better off without ways to find other credentials.
 */
export const environmentCredentials: Plugin = {
  name: 'environment-credentials',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path, importer }) => ({
      path,
      namespace: 'environment-credentials',
      pluginData: dirname(importer),
    }));
    build.onLoad({ filter: /.*/, namespace: 'environment-credentials' }, ({ pluginData }) => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
      resolveDir: String(pluginData),
      loader: 'js',
    }));
  },
};
