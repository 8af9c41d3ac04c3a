import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { createSigningKeySource } from '../../../shared/secrets/signing-key-source.ts';
import { SigningKeyUnavailableError } from '../../../shared/secrets/signing-key-unavailable-error.ts';
import { generateKeyPair } from '../../../shared/signing/key-pair.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';
import { fakeSecrets, named } from './support/fake-secrets.ts';

const [first, second] = [generateKeyPair(), generateKeyPair()];

function sourceOver(answers: Parameters<typeof fakeSecrets>[0]) {
  const { client, commands } = fakeSecrets(answers);
  const clock = createVirtualClock();
  const key = createSigningKeySource({ client, secretArn: 'arn:the-secret', clock });
  return { key, commands, clock };
}

async function failureOf(attempt: Promise<unknown>): Promise<SigningKeyUnavailableError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SigningKeyUnavailableError) return error;
  throw new Error('It did not fail as it should.', { cause: error });
}

describe('the signing key', () => {
  it.each<[string, string]>([
    ['plain text', first.privateKey],
    ['plain text with white space', `\n ${first.privateKey} \n`],
    ['JSON', JSON.stringify({ privateKey: first.privateKey })],
    [
      'JSON with its fingerprint',
      JSON.stringify({ privateKey: first.privateKey, fingerprint: `${first.fingerprint}=` }),
    ],
    [
      'JSON with other things beside',
      `\n${JSON.stringify({ note: 7, privateKey: first.privateKey }, null, 2)}\n`,
    ],
  ])('is read from a secret in %s', async (_form, secret) => {
    const { key, commands } = sourceOver([secret]);
    expect((await key()).fingerprint).toBe(first.fingerprint);
    expect(commands).toHaveLength(1);
    expect(commands[0]).toBeInstanceOf(GetSecretValueCommand);
    expect(commands[0]).toMatchObject({ input: { SecretId: 'arn:the-secret', VersionStage: 'AWSCURRENT' } });
  });

  it('is kept for five minutes, and then read anew', async () => {
    const { key, commands, clock } = sourceOver([first.privateKey, second.privateKey]);
    const loaded = await key();
    clock.advance(299_999);
    expect(await key()).toBe(loaded);
    expect(commands).toHaveLength(1);
    clock.advance(1);
    expect((await key()).fingerprint).toBe(second.fingerprint);
    expect(commands).toHaveLength(2);
  });

  it('is read anew at once after the exchange has refused it', async () => {
    const { key, commands } = sourceOver([first.privateKey, second.privateKey]);
    await key();
    key.forget();
    expect((await key()).fingerprint).toBe(second.fingerprint);
    expect((await key()).fingerprint).toBe(second.fingerprint);
    expect(commands).toHaveLength(2);
  });

  it('is read once for callers that want it at the same time', async () => {
    const { key, commands } = sourceOver([first.privateKey]);
    const keys = await Promise.all(Array.from({ length: 20 }, () => key()));
    expect(new Set(keys).size).toBe(1);
    expect(commands).toHaveLength(1);
  });

  it('tells when it was stored, once it has been read', async () => {
    const { key, clock } = sourceOver([first.privateKey, second.privateKey]);
    expect(key.storedAt()).toBeUndefined();
    await key();
    expect(key.storedAt()).toBe(Date.UTC(2026, 0, 1));
    clock.advance(300_000);
    await key();
    expect(key.storedAt()).toBe(Date.UTC(2026, 0, 2));
  });
});

describe('a failure to read the signing key', () => {
  it('fails all callers that waited for it, is not remembered, and is followed by one read', async () => {
    const { key, commands } = sourceOver([named('ThrottlingException'), first.privateKey]);
    const failures = await Promise.allSettled([key(), key(), key()]);
    expect(failures.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected']);
    const keys = await Promise.all([key(), key()]);
    expect(keys.map((one) => one.fingerprint)).toEqual([first.fingerprint, first.fingerprint]);
    expect(commands).toHaveLength(2);
  });

  it('does not bring back a key that is too old', async () => {
    const { key, clock } = sourceOver([first.privateKey, named('InternalServiceError'), second.privateKey]);
    await key();
    clock.advance(300_000);
    expect((await failureOf(key())).code).toBe('secret-not-readable');
    expect((await key()).fingerprint).toBe(second.fingerprint);
  });

  const hex = Buffer.from(first.privateKey, 'base64').toString('hex');
  const mixed = Buffer.concat(
    [first.privateKey, second.publicKey].map((text) => Buffer.from(text, 'base64')),
  ).toString('base64');
  it.each<[string, Parameters<typeof fakeSecrets>[0][number], string]>([
    [
      'access is denied',
      named('AccessDeniedException', `not allowed: ${first.privateKey}`),
      'secret-not-readable',
    ],
    ['the service is down', named('InternalServiceError'), 'secret-not-readable'],
    ['something is thrown that is no error', { thrown: `oops ${first.privateKey}` }, 'secret-not-readable'],
    ['the secret has no value yet', named('ResourceNotFoundException'), 'secret-empty'],
    ['the secret is binary', undefined, 'secret-empty'],
    ['the secret is blank', ' \n', 'secret-empty'],
    ['the JSON is cut', `{"privateKey":"${first.privateKey}"`, 'secret-not-understood'],
    ['the JSON has no key', `{"key":"${first.privateKey}"}`, 'secret-not-understood'],
    ['the key is no text', `{"privateKey":["${first.privateKey}"]}`, 'secret-not-understood'],
    [
      'the fingerprint is no text',
      `{"privateKey":"${first.privateKey}","fingerprint":7}`,
      'secret-not-understood',
    ],
    ['the secret is a JSON list', `["${first.privateKey}"]`, 'key-not-base64'],
    ['the key is in quotes', `"${first.privateKey}"`, 'key-not-base64'],
    ['the key in the JSON is empty', '{"privateKey":""}', 'key-not-base64'],
    ['the key is in hex', hex, 'key-wrong-length'],
    ['the key is mixed of two', mixed, 'key-halves-disagree'],
    [
      'the fingerprint is another key’s',
      JSON.stringify({ privateKey: first.privateKey, fingerprint: second.fingerprint }),
      'fingerprint-mismatch',
    ],
    [
      'the fingerprint is the key itself',
      JSON.stringify({ privateKey: first.privateKey, fingerprint: first.privateKey }),
      'fingerprint-mismatch',
    ],
  ])('has a code and shows nothing of the secret when %s', async (_what, answer, code) => {
    const error = await failureOf(sourceOver([answer]).key());
    expect(error.code).toBe(code);
    const shown = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    for (const text of [first.privateKey, hex, mixed]) {
      expect(shown).not.toContain(text.slice(0, 12));
      expect(shown).not.toContain(text.slice(-13, -1));
    }
  });
});
