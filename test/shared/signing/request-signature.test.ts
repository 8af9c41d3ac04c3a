import fc from 'fast-check';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import { type RequestToSign, signRequest } from '../../../shared/signing/request-signature.ts';
import { SigningKey } from '../../../shared/signing/signing-key.ts';
import { hexToBase64, rfc8032 } from './support/rfc8032.ts';

const key = SigningKey.load(hexToBase64(rfc8032[2]?.seed ?? ''));

/** `json.dumps(order)` of the exchange's guide: a space behind each colon and comma, other scripts escaped. */
const pythonBody =
  '{"market_id": "market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c", "side": "buy", "type": "limit", "quantity": 1, ' +
  '"price": "2.50", "time_in_force": "gtc", "client_order_id": "buy-\\u00e9\\u00e8"}';

const post: RequestToSign = {
  method: 'POST',
  target: '/api/v1/trading/orders',
  body: pythonBody,
  timestampSeconds: 1_763_900_000,
};

/** Whether the headers sign this message of the guide's formula: timestamp, method, path and body, joined. */
function signs(headers: Record<string, string>, message: string | Uint8Array): boolean {
  const signature = Buffer.from(headers['x-thegrid-signature'] ?? '', 'base64');
  return nacl.sign.detached.verify(new Uint8Array(Buffer.from(message)), signature, key.publicKey);
}

describe('the signature of a request', () => {
  it('is the one of the guide’s formula over an order as Python writes it', () => {
    const headers = signRequest(key, post);
    expect(signs(headers, `1763900000POST/api/v1/trading/orders${pythonBody}`)).toBe(true);
    expect(headers).toEqual({
      'x-thegrid-signature': expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
      'x-thegrid-timestamp': '1763900000',
      'x-thegrid-fingerprint': key.fingerprint,
    });
  });

  it('covers the path without the query', () => {
    const target = '/api/v1/trading/consumption-accounts?order_by=created_at&next=a?b';
    const headers = signRequest(key, { ...post, method: 'GET', target, body: '' });
    expect(signs(headers, '1763900000GET/api/v1/trading/consumption-accounts')).toBe(true);
    expect(signs(headers, `1763900000GET${target}`)).toBe(false);
  });

  it('covers the exact bytes of the body, whatever they are', () => {
    const anyBody = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }),
      fc.json(),
    );
    fc.assert(
      fc.property(anyBody, fc.constantFrom('POST', 'PUT', 'DELETE'), (body, method) => {
        const headers = signRequest(key, { ...post, method, body });
        const head = Buffer.from(`1763900000${method}/api/v1/trading/orders`);
        expect(signs(headers, Buffer.concat([head, Buffer.from(body)]))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('writes other scripts as UTF-8', () => {
    const headers = signRequest(key, { ...post, body: '{"note":"naïve – 三 Units 🧮"}' });
    const utf8 = Buffer.from('{"note":"naïve – 三 Units 🧮"}', 'utf8');
    expect(signs(headers, Buffer.concat([Buffer.from('1763900000POST/api/v1/trading/orders'), utf8]))).toBe(
      true,
    );
  });

  it.each([
    [
      'the body serialised anew',
      `1763900000POST/api/v1/trading/orders${JSON.stringify(JSON.parse(pythonBody))}`,
    ],
    ['the method in lower case', `1763900000post/api/v1/trading/orders${pythonBody}`],
    ['a path without the prefix', `1763900000POST/orders${pythonBody}`],
    ['a trailing slash', `1763900000POST/api/v1/trading/orders/${pythonBody}`],
    ['the time in ms', `1763900000000POST/api/v1/trading/orders${pythonBody}`],
    ['another second', `1763900001POST/api/v1/trading/orders${pythonBody}`],
    ['separators', `1763900000\nPOST\n/api/v1/trading/orders\n${pythonBody}`],
    ['no body', '1763900000POST/api/v1/trading/orders'],
  ])('does not hold for %s', (_difference, message) => {
    expect(signs(signRequest(key, post), message)).toBe(false);
  });

  it.each([1_763_900_000_000, 1_763_900_000.5, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'is not made for the timestamp %d, which is not in whole seconds',
    (timestampSeconds) => {
      expect(() => signRequest(key, { ...post, timestampSeconds })).toThrow(RangeError);
    },
  );

  it('is another one each second', () => {
    const signatures = [0, 1, 2].map(
      (later) =>
        signRequest(key, { ...post, timestampSeconds: post.timestampSeconds + later })['x-thegrid-signature'],
    );
    expect(new Set(signatures).size).toBe(3);
  });
});
