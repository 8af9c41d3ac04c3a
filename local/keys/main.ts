import { resolve } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { keyStages } from '../../shared/configuration/key-stages.ts';
import { KeyVaultError } from '../../shared/keys/key-vault.ts';
import { generateKeyPair, type KeyPair } from '../../shared/signing/key-pair.ts';
import { ask, isInteractive } from '../terminal/ask.ts';
import { askFunction, describeAnswer } from './ask-function.ts';
import { type Command, readCommand, usage } from './command-line.ts';
import { readPrivateKey, writePrivateKey, writePublicHalves } from './key-file.ts';
import { KeyToolError } from './key-tool-error.ts';
import { rollBack } from './roll-back.ts';
import { type StoreOptions, storeKey } from './store-key.ts';

const register = 'register the public key at app.thegrid.ai, Profile > API Keys, and compare the fingerprint';

interface Outcome {
  readonly ok: boolean;
  readonly text: string;
}

async function run(command: Command): Promise<Outcome> {
  switch (command.verb) {
    case 'help':
      return { ok: true, text: usage };
    case 'new':
      return 'secret' in command ? store(generateKeyPair(), withClient(command)) : makeFile(command.file);
    case 'store':
      return store(await readPrivateKey(command.file), withClient(command));
    case 'promote':
    case 'finish':
    case 'show':
      return runFunction(command.functionName, command.verb);
    case 'rollback':
      return {
        ok: true,
        text: await rollBack(new SecretsManagerClient({}), command.secret, (question) =>
          confirm(question, command.yes),
        ),
      };
  }
}

const withClient = <Options extends object>(options: Options) => ({
  ...options,
  client: new SecretsManagerClient({}),
});

async function runFunction(functionName: string, action: 'promote' | 'finish' | 'show'): Promise<Outcome> {
  const answer = await askFunction({ client: new LambdaClient({}), functionName }, action);
  return { ok: answer.ok, text: await describeAnswer(answer) };
}

async function makeFile(file: string): Promise<Outcome> {
  const keyPair = generateKeyPair();
  await writePrivateKey(file, keyPair.privateKey);
  const publicFile = await writePublicHalves(`${file}.public.txt`, [{ ...keyPair, name: file }]);
  const text = [
    ...publicLines(keyPair, publicFile),
    `Private key:  in ${resolve(file)}, readable by you only. Store it in the secret, then delete the file.`,
  ].join('\n');
  return { ok: true, text };
}

async function store(keyPair: KeyPair, options: StoreOptions): Promise<Outcome> {
  const { stage, publicFile } = await storeKey(keyPair, options);
  const next =
    stage === keyStages.current
      ? `Next: ${register}.`
      : `Next: ${register}; then\n      npm run keys -- promote --function <PromoteKeyFunctionName>`;
  const text = [
    ...publicLines(keyPair, publicFile),
    `Private key:  in the secret ${options.secret}, as ${stage}.`,
    '',
    next,
  ].join('\n');
  return { ok: true, text };
}

function publicLines({ publicKey }: KeyPair, publicFile: string): string[] {
  return [`Public key:   ${publicKey}`, `Fingerprint:  in ${publicFile}, readable by you only.`];
}

async function confirm(question: string, isAgreed: boolean): Promise<boolean> {
  if (isAgreed) return true;
  if (!isInteractive()) throw new KeyToolError(2, `${question}\nThere is nobody to ask: say --yes.`);
  return (await ask(`${question}\nGo on? Type yes: `)) === 'yes';
}

function describeFailure(error: unknown): { exitCode: 1 | 2; message: string } {
  if (error instanceof KeyToolError) return error;
  if (error instanceof KeyVaultError) {
    const hint = 'Check the ARN, the region and your credentials.';
    return { exitCode: 1, message: `The secret cannot be used. ${error.message} ${hint}` };
  }
  // A message may quote what was sent.
  return { exitCode: 1, message: `That failed (${error instanceof Error ? error.name : 'unknown'}).` };
}

try {
  const { ok, text } = await run(readCommand(process.argv.slice(2)));
  process.stdout.write(`${text.trimEnd()}\n`);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  const { exitCode, message } = describeFailure(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}
