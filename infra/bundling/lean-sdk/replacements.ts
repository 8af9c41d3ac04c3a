import { leftOut, type Replacement, simpler } from './replacement.ts';

const smithy = '@smithy/core/dist-es/submodules';
const clients = ['@aws-sdk/client-dynamodb', '@aws-sdk/client-secrets-manager'];
const nothing = '() => {}';

/** What commands are made of here: what is asked, and a schema that says no more than the name of the operation. */
const bareCommand = `(_endpoint, _layers, operation) => class {
  constructor(input) {
    this.input = input ?? {};
    this.schema = [9, '', operation];
  }
}`;

/**
 * What of the AWS SDK has no work in a Lambda function that calls one table and one secret by itself
 * (`shared/aws/command-sender.ts`) with the SDK's commands, signatures and rules for retries, which stay as they are.
 */
export const replacements: readonly Replacement[] = [
  ...clients.flatMap((client) => [
    simpler(
      `${client}/dist-es/commandBuilder.js`,
      { command: bareCommand },
      'Commands know how to go through the layers of a client of the SDK. Ours are sent without.',
    ),
    leftOut(
      `${client}/dist-es/schemas/schemas_0.js`,
      'Our protocol (shared/aws/json-protocol.ts) needs no schema of operations, fields and errors.',
    ),
  ]),
  simpler(
    `${smithy}/retry/middleware-retry/retryMiddleware.js`,
    { bindRetryMiddleware: nothing, bindGetRetryPlugin: nothing },
    'A layer of the clients of the SDK, in which its rules for retries are used. It is made when it is imported.',
  ),
  ...['date-utils', 'parse-utils'].map((name) =>
    leftOut(
      `${smithy}/serde/${name}.js`,
      'Dates and numbers of other protocols: patterns that are compiled when they are imported.',
    ),
  ),
  simpler(
    '@smithy/signature-v4/dist-es/HeaderFormatter.js',
    { HeaderFormatter: 'class {}' },
    'It writes the headers of streamed events.',
  ),
  leftOut(`${smithy}/checksum/sha256/Sha256Js.js`, "Node's own is always there."),
];
