import { parseArgs } from 'node:util';
import { KeyToolError } from './key-tool-error.ts';

export const usage = `Makes, stores and changes the key that signs orders. The private key is never shown.

  npm run keys -- new --secret ARN             makes a pair, the private key goes straight into the secret
  npm run keys -- new --file FILE              ... or into a file that only you can read
  npm run keys -- store --file FILE --secret ARN   puts a key that was made elsewhere into the secret
  npm run keys -- promote --function NAME      makes the pending key current, once the exchange accepts it
  npm run keys -- finish --function NAME       ends a rotation, once the exchange refuses the old key
  npm run keys -- show --function NAME         public half of each key, and whether the exchange accepts it
  npm run keys -- rollback --secret ARN        makes the previous key current again; asks, unless --yes

ARN is the stack's output SigningKeySecretArn, NAME its PromoteKeyFunctionName. The first key of a secret is current at
once, every later one is pending until it is promoted. --replace gives up a rotation that is under way.
`;

/** What the command line asks for. */
export type Command =
  | { readonly verb: 'help' }
  | { readonly verb: 'new'; readonly file: string }
  | { readonly verb: 'new'; readonly secret: string; readonly replace: boolean }
  | { readonly verb: 'store'; readonly file: string; readonly secret: string; readonly replace: boolean }
  | { readonly verb: 'promote' | 'finish' | 'show'; readonly functionName: string }
  | { readonly verb: 'rollback'; readonly secret: string; readonly yes: boolean };

type Values = ReturnType<typeof readArguments>['values'];

/** @throws KeyToolError that says how it is done */
export function readCommand(argv: readonly string[]): Command {
  const { values, positionals } = readArguments(argv);
  if (values.help === true) return { verb: 'help' };
  const [verb = '', ...rest] = positionals;
  if (rest.length > 0) throw wrong(`"${rest.join(' ')}" is too much.`);
  switch (verb) {
    case 'new':
      return readNew(values);
    case 'store':
      return {
        verb,
        file: need(values, 'file'),
        secret: need(values, 'secret'),
        replace: values.replace === true,
      };
    case 'promote':
    case 'finish':
    case 'show':
      return { verb, functionName: need(values, 'function') };
    case 'rollback':
      return { verb, secret: need(values, 'secret'), yes: values.yes === true };
    default:
      throw wrong('Say one of new, store, promote, finish, show and rollback.');
  }
}

function readNew(values: Values): Command {
  const { file, secret } = values;
  if ((file === undefined) === (secret === undefined)) throw wrong('Choose one of --secret and --file.');
  if (secret !== undefined) return { verb: 'new', secret, replace: values.replace === true };
  return { verb: 'new', file: need(values, 'file') };
}

function need(values: Values, name: 'file' | 'secret' | 'function'): string {
  const value = values[name];
  if (value === undefined || value === '') throw wrong(`--${name} is needed.`);
  return value;
}

function wrong(problem: string): KeyToolError {
  return new KeyToolError(2, `${problem}\n\n${usage}`);
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        file: { type: 'string' },
        secret: { type: 'string' },
        function: { type: 'string' },
        replace: { type: 'boolean' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : 'The command line cannot be read.');
  }
}
