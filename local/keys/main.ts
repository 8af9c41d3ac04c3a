import { parseArgs } from 'node:util';
import { KeyToolError } from './key-tool-error.ts';
import { type KeyDestination, storeNewKey } from './store-new-key.ts';

const usage = `Makes a key pair for the exchange.

  npm run keys -- new                      the private key goes to signing-key.txt (only you can read it)
  npm run keys -- new --file FILE          ... to another file
  npm run keys -- new --secret ARN         ... straight into AWS Secrets Manager, to no file
  npm run keys -- new --show               ... to this terminal, and nowhere else

Register the public key at the exchange (app.thegrid.ai, Profile > API Keys) before you buy.
A file or secret that holds something already is never overwritten.
`;

async function main(): Promise<number> {
  try {
    const destination = readDestination(process.argv.slice(2));
    if (destination === undefined) {
      process.stdout.write(usage);
      return 0;
    }
    const { keyPair, place } = await storeNewKey(destination);
    process.stdout.write(
      [
        `Public key:   ${keyPair.publicKey}`,
        `Fingerprint:  ${keyPair.fingerprint}`,
        `Private key:  ${place}`,
        '',
        'Next: register the public key at app.thegrid.ai, Profile > API Keys, and compare the fingerprint there.',
        '',
      ].join('\n'),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof KeyToolError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
}

/** Where the new key shall go; undefined when only help was wanted. */
function readDestination(argv: readonly string[]): KeyDestination | undefined {
  const { values, positionals } = readArguments(argv);
  if (values.help === true) return undefined;
  if (positionals.join(' ') !== 'new') throw new KeyToolError(2, usage);
  const { file, secret, show = false } = values;
  const chosen = [file, secret, show || undefined].filter((one) => one !== undefined);
  if (chosen.length > 1) throw new KeyToolError(2, 'Choose one of --file, --secret and --show.');
  if (secret !== undefined) return { kind: 'secret', secretId: secret };
  return show ? { kind: 'terminal' } : { kind: 'file', path: file ?? 'signing-key.txt' };
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        file: { type: 'string' },
        secret: { type: 'string' },
        show: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new KeyToolError(2, `${error instanceof Error ? error.message : 'Bad arguments.'}\n\n${usage}`);
  }
}

process.exitCode = await main();
