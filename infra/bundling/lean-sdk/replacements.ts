import { operationsOnly } from './operations-only.ts';
import { leftOut, type Replacement, simpler } from './replacement.ts';

const smithy = '@smithy/core/dist-es/submodules';
const aws = '@aws-sdk/core/dist-es/submodules';
const clients = ['@aws-sdk/client-dynamodb', '@aws-sdk/client-secrets-manager'];
/** The name and the version of the SDK and what it runs on, put together once. */
const steadyUserAgent = `(config) => ({
  applyToStack(stack) {
    const named = config.defaultUserAgentProvider().then((parts) => parts.map(([name, ...rest]) =>
      [name, ...rest].join(name.includes('/') ? '#' : '/')).join(' '));
    const middleware = (next) => async (args) => {
      args.request.headers['user-agent'] = await named;
      return next(args);
    };
    stack.add(middleware, { name: 'getUserAgentMiddleware', step: 'build', priority: 'low', override: true });
  },
})`;
const addsNothing = '() => ({ applyToStack() {} })';

/** Where to call, and as whom. */
const places: readonly Replacement[] = [
  {
    module: '@aws-sdk/credential-provider-node/dist-es/index.js',
    reason:
      "Lambda puts the role's credentials into the environment. The SDK also knows profiles, single sign-on, subprocesses and instance metadata, with four more clients to ask for them; code that signs orders is better off without ways to find others.",
    text: () => `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
  },
  simpler(
    `${smithy}/config/node-config-provider/fromSharedConfigFiles.js`,
    {
      fromSharedConfigFiles: `() => async () => {
        throw Object.assign(new Error('No configuration file is read'), { tryNextLink: true });
      }`,
    },
    'Settings come from the environment. Nobody puts ~/.aws into a Lambda function.',
  ),
  leftOut(
    `${smithy}/config/config-resolver/regionConfig/getInstanceMetadataRegion.js`,
    'Lambda puts the region into the environment.',
  ),
  ...clients.map((client) =>
    leftOut(
      `${client}/dist-es/endpoint/endpointResolver.js`,
      'Our clients name their endpoint themselves (shared/aws/endpoints.ts). The rules for all variants are a tenth of a client.',
    ),
  ),
  leftOut(
    `${aws}/client/util-endpoints/aws.js`,
    'The same rules ask a table of all regions, which is loaded for its side effect.',
  ),
  leftOut(
    `${smithy}/endpoints/middleware-endpoint/service-customizations/s3.js`,
    'It is about buckets, and we have none.',
  ),
  simpler(
    '@aws-sdk/middleware-endpoint-discovery/dist-es/index.js',
    {
      NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS:
        '{ environmentVariableSelector: () => false, configFileSelector: () => false, default: false }',
      resolveEndpointDiscoveryConfig: '(config) => config',
    },
    'Endpoint discovery is off, as it is in the SDK unless somebody turns it on.',
  ),
];

/** How requests are written and answers are read. */
const wire: readonly Replacement[] = [
  leftOut(
    `${smithy}/event-streams/index.js`,
    'No operation of a table or a secret streams events. It is imported dynamically, which also keeps esbuild from shaking what it imports.',
  ),
  simpler(
    '@smithy/signature-v4/dist-es/HeaderFormatter.js',
    { HeaderFormatter: 'class {}' },
    'It writes the headers of streamed events.',
  ),
  ...clients.map((client) => ({
    module: `${client}/dist-es/schemas/schemas_0.js`,
    reason:
      'Our protocol (shared/aws/json-protocol.ts) needs no schema of fields and errors. Operations stay, for their names.',
    text: operationsOnly,
  })),
  ...[
    `${aws}/protocols/json/AwsJson1_0Protocol.js`,
    `${aws}/protocols/json/AwsJson1_1Protocol.js`,
    '@aws-sdk/dynamodb-codec/dist-es/codec-v2/DynamoDBJsonCodec2.js',
  ].map((module) => leftOut(module, 'Our clients name their protocol.')),
  simpler(
    `${smithy}/serde/util-body-length/calculateBodyLength.js`,
    { calculateBodyLength: '(body) => Buffer.byteLength(body)' },
    'Bodies are text. For streams of files it loads 20 more modules of Node.',
  ),
  {
    module: `${smithy}/serde/uuid/v4.js`,
    reason: "The same random UUID without Node's Web Crypto, which is loaded when it is first touched.",
    text: () => `import { randomUUID } from 'node:crypto';\nexport const bindV4 = () => () => randomUUID();`,
  },
  leftOut(`${smithy}/checksum/sha256/Sha256Js.js`, "Node's own is always there."),
];

/** What else goes along with a request. */
const company: readonly Replacement[] = [
  leftOut(`${smithy}/retry/util-retry/AdaptiveRetryStrategy.js`, 'The retry mode is the standard one.'),
  simpler(
    `${aws}/client/middleware-logger/loggerMiddleware.js`,
    { getLoggerPlugin: addsNothing },
    'It copies each request and answer for a logger that is not there; ours must see neither.',
  ),
  simpler(
    `${aws}/client/middleware-recursion-detection/getRecursionDetectionPlugin.js`,
    { getRecursionDetectionPlugin: addsNothing },
    'Lambda looks for loops through queues, topics and buckets; we call none.',
  ),
  simpler(
    `${aws}/client/middleware-user-agent/user-agent-middleware.js`,
    { getUserAgentPlugin: steadyUserAgent },
    'It counts features for AWS anew with each request. SDK, version, system and runtime are named all the same.',
  ),
  ...clients.map((client) => ({
    module: `${client}/package.json`,
    reason: 'The user agent names the version, and nothing else.',
    text: (original: string) => JSON.stringify({ version: versionIn(original) }),
  })),
];

/**
 * What of the AWS SDK has no work in a Lambda function that calls one table and one secret. Retries, time-outs, signatures,
 * idempotency tokens, and how requests and answers are written stay as they are.
 */
export const replacements: readonly Replacement[] = [...places, ...wire, ...company];

function versionIn(packageJson: string): unknown {
  const parsed: unknown = JSON.parse(packageJson);
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined;
}
