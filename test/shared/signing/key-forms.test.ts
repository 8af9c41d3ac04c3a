import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SigningKeyError } from '../../../shared/signing/key-encoding.ts';
import { deriveKeyPair, generateKeyPair } from '../../../shared/signing/key-pair.ts';
import { SigningKey } from '../../../shared/signing/signing-key.ts';
import { hexToBase64, rfc8032 } from './support/rfc8032.ts';

/** A seed whose base64 has `+` and `/` in it, so that base64url differs, and its public key. */
const seed = Buffer.from(`fbefbefffffe${'5a'.repeat(26)}`, 'hex');
const publicKey = Buffer.from(deriveKeyPair(seed.toString('base64')).publicKey, 'base64');
const whole = Buffer.concat([seed, publicKey]);

const unpadded = (text: string) => text.replace(/=+$/, '');
const lines = (text: string) => text.replaceAll(/(.{16})/g, '$1\r\n');

const acceptedForms: Record<string, string> = {
  'base64 of 32 bytes': seed.toString('base64'),
  'base64 of 32 bytes without padding': unpadded(seed.toString('base64')),
  'base64url of 32 bytes': seed.toString('base64url'),
  'base64url of 32 bytes with padding': `${seed.toString('base64url')}=`,
  'base64 of 64 bytes': whole.toString('base64'),
  'base64 of 64 bytes without padding': unpadded(whole.toString('base64')),
  'base64url of 64 bytes': whole.toString('base64url'),
  'white space around it': `\n  ${seed.toString('base64')}\t\n`,
  'line breaks within it': lines(whole.toString('base64')),
  'spaces and tabs within it': seed.toString('base64').split('').join(' \t'),
};

describe('a private key text', () => {
  it.each(Object.entries(acceptedForms))('may be %s', (_form, text) => {
    expect(Buffer.from(SigningKey.load(text).publicKey)).toEqual(publicKey);
    expect(deriveKeyPair(text)).toMatchObject({
      privateKey: seed.toString('base64'),
      publicKey: publicKey.toString('base64'),
    });
  });

  it('has both alphabets in the sample of this test', () => {
    expect(seed.toString('base64')).toMatch(/\+.*\/|\/.*\+/);
  });

  it('may come with its fingerprint, padded or with white space around it', () => {
    const { fingerprint } = SigningKey.load(seed.toString('base64'));
    for (const text of [fingerprint, `${fingerprint}=`, ` ${fingerprint}\n`]) {
      expect(SigningKey.load(seed.toString('base64'), text).fingerprint).toBe(fingerprint);
    }
  });
});

const pem = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  format: 'der',
  type: 'pkcs8',
}).export({ format: 'pem', type: 'pkcs8' }) as string;

const refusedForms: Record<string, [text: string, code: SigningKeyError['code']]> = {
  'hex of 32 bytes': [seed.toString('hex'), 'key-wrong-length'],
  'hex of 64 bytes': [whole.toString('hex'), 'key-wrong-length'],
  PEM: [pem, 'key-not-base64'],
  '31 bytes': [seed.subarray(1).toString('base64'), 'key-wrong-length'],
  '33 bytes': [whole.subarray(0, 33).toString('base64'), 'key-wrong-length'],
  '63 bytes': [whole.subarray(1).toString('base64'), 'key-wrong-length'],
  '65 bytes': [Buffer.concat([whole, Buffer.from([1])]).toString('base64'), 'key-wrong-length'],
  nothing: ['', 'key-not-base64'],
  'white space only': [' \n\t', 'key-not-base64'],
  'padding only': ['==', 'key-not-base64'],
  'bits behind the last byte': [`${seed.toString('base64').slice(0, 42)}r=`, 'key-not-base64'],
  'a character that belongs to no alphabet': [`*${seed.toString('base64').slice(1)}`, 'key-not-base64'],
  'padding in the middle': [`${seed.toString('base64')}${seed.toString('base64')}`, 'key-not-base64'],
  'a text in quotes': [JSON.stringify(seed.toString('base64')), 'key-not-base64'],
  'two keys mixed up': [
    hexToBase64(`${seed.toString('hex')}${rfc8032[0]?.publicKey ?? ''}`),
    'key-halves-disagree',
  ],
};

function refusalOf(act: () => unknown): SigningKeyError {
  try {
    act();
  } catch (error) {
    if (error instanceof SigningKeyError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

/** Whether some run of eight characters of the secret is in the text. */
function showsPartOf(secret: string, text: string): boolean {
  const compact = secret.replaceAll(/\s/g, '');
  return Array.from({ length: Math.max(0, compact.length - 7) }, (_, at) => compact.slice(at, at + 8)).some(
    (part) => text.includes(part),
  );
}

describe('a refused private key', () => {
  it.each(Object.entries(refusedForms))('is %s', (_form, [text, code]) => {
    for (const act of [() => SigningKey.load(text), () => deriveKeyPair(text)]) {
      const error = refusalOf(act);
      expect(error.code).toBe(code);
      expect(showsPartOf(text, `${error.message} ${error.stack} ${JSON.stringify(error)}`)).toBe(false);
    }
  });

  it('is one whose fingerprint is another key’s', () => {
    const expected = generateKeyPair().fingerprint;
    const error = refusalOf(() => SigningKey.load(seed.toString('base64'), expected));
    expect(error.code).toBe('fingerprint-mismatch');
    expect(showsPartOf(seed.toString('base64'), error.message)).toBe(false);
    for (const fingerprint of [expected, SigningKey.load(seed.toString('base64')).fingerprint]) {
      expect(error.message).not.toContain(fingerprint);
    }
  });

  it('is not shown when it was pasted where the fingerprint belongs', () => {
    const text = seed.toString('base64');
    const error = refusalOf(() => SigningKey.load(text, text));
    expect(error.code).toBe('fingerprint-mismatch');
    expect(showsPartOf(text, `${error.message} ${error.stack}`)).toBe(false);
  });
});
