import { randomBytes, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyWithNode, verifyWithTweetNacl } from '../../../local/exchange/wire/ed25519.ts';
import {
  createClientKey,
  PREFIX,
  type RawRequest,
  type Signing,
  seedOrder,
  sendRaw,
  signedHeaders,
  startWorld,
} from './support.ts';

const read: RawRequest = { method: 'GET', target: `${PREFIX}/consumption-accounts?order_by=created_at` };
// The spaces are those that Python's serializer writes; they must survive to the verifier.
const write: RawRequest = {
  method: 'POST',
  target: `${PREFIX}/orders`,
  body: JSON.stringify(seedOrder).replaceAll('","', '", "'),
};
const fixedWallClock = () => 1_800_000_000_900;
const nowSeconds = () => Math.floor(Date.now() / 1000);

async function statusOf(raw: RawRequest, signing: Signing, options = {}) {
  const world = await startWorld({ signatureLibrary: 'tweetnacl', ...options });
  const answer = await sendRaw(world.exchange.url, { ...raw, headers: signedHeaders(raw, signing) });
  return { status: answer.status, problem: world.admin.badSignatures()[0]?.signature, world, answer };
}

describe('a request signed as the published script signs it', () => {
  it('is served, with a query that is not part of the message', async () => {
    expect((await statusOf(read, {})).status).toBe(200);
  });

  it('is served with a body that holds spaces, because the raw bytes are verified', async () => {
    expect((await statusOf(write, {})).status).toBe(201);
  });

  it('is served up to 30 seconds from the exchange time, in either direction', async () => {
    for (const timestamp of ['1799999970', '1800000030']) {
      expect((await statusOf(read, { timestamp }, { wallClock: fixedWallClock })).status).toBe(200);
    }
  });
});

describe('a request signed in any other way gets 401', () => {
  const wrong: readonly [string, RawRequest, Signing, string][] = [
    ['signs the query too', read, { path: read.target }, 'signature_mismatch'],
    ['signs the path of another family', read, { path: '/v1/consumption-accounts' }, 'signature_mismatch'],
    [
      'signs a body that was serialized again',
      write,
      { body: JSON.stringify(seedOrder) },
      'signature_mismatch',
    ],
    ['signs no body', write, { body: '' }, 'signature_mismatch'],
    ['signs the method in lower case', read, { method: 'get' }, 'signature_mismatch'],
    ['uses milliseconds', read, { timestamp: String(Date.now()) }, 'timestamp_outside_window'],
    ['uses a fraction of a second', read, { timestamp: `${nowSeconds()}.5` }, 'timestamp_not_an_integer'],
    ['is stale', read, { timestamp: String(nowSeconds() - 32) }, 'timestamp_outside_window'],
    ['is from the future', read, { timestamp: String(nowSeconds() + 33) }, 'timestamp_outside_window'],
    ['signs with a key that nobody registered', read, { key: createClientKey() }, 'unknown_fingerprint'],
  ];
  it.each(wrong)('%s', async (_, raw, signing, problem) => {
    const outcome = await statusOf(raw, signing);
    expect(outcome).toMatchObject({ status: 401, problem });
    expect(outcome.world.admin.truth().orders.accepted).toBe(0);
  });

  it('pads the fingerprint', async () => {
    const { 'x-thegrid-fingerprint': fingerprint = '' } = signedHeaders(read);
    const outcome = await statusOf(read, { fingerprint: `${fingerprint}=` });
    expect(outcome).toMatchObject({ status: 401, problem: 'unknown_fingerprint' });
  });

  it('names a registered key but signs with another', async () => {
    const { 'x-thegrid-fingerprint': fingerprint = '' } = signedHeaders(read);
    const outcome = await statusOf(read, { key: createClientKey(), fingerprint });
    expect(outcome).toMatchObject({ status: 401, problem: 'signature_mismatch' });
  });

  it.each(['x-thegrid-signature', 'x-thegrid-timestamp', 'x-thegrid-fingerprint'])(
    'leaves out %s',
    async (name) => {
      const world = await startWorld();
      const { [name]: _, ...headers } = signedHeaders(read);
      expect((await sendRaw(world.exchange.url, { ...read, headers })).status).toBe(401);
      expect(world.admin.badSignatures()[0]?.signature).toBe('missing_header');
    },
  );

  it('writes the signature in URL-safe or unpadded base64', async () => {
    const world = await startWorld();
    const headers = signedHeaders(read);
    const unpadded = (headers['x-thegrid-signature'] ?? '').replaceAll('=', '');
    const spoiled = { ...headers, 'x-thegrid-signature': unpadded };
    expect((await sendRaw(world.exchange.url, { ...read, headers: spoiled })).status).toBe(401);
    expect(world.admin.badSignatures()[0]?.signature).toBe('signature_not_base64');
  });
});

describe('the two signature libraries', () => {
  it('agree on right and wrong signatures', () => {
    const key = createClientKey();
    const publicKey = new Uint8Array(Buffer.from(key.publicKey, 'base64'));
    const message = new Uint8Array(randomBytes(100));
    const signature = new Uint8Array(sign(null, message, key.privateKey));
    const cases = [
      signature,
      signature.with(0, (signature[0] ?? 0) ^ 1),
      signature.with(63, 255),
      signature.slice(1),
    ];
    for (const verify of [verifyWithNode, verifyWithTweetNacl]) {
      expect(cases.map((one) => verify(message, one, publicKey))).toEqual([true, false, false, false]);
      expect(verify(message.slice(1), signature, publicKey)).toBe(false);
    }
  });
});

describe('the exchange clock', () => {
  it('is what timestamps are held against, and shows in Date and server_time', async () => {
    const outcome = await statusOf(read, {}, { modes: { clockOffsetSeconds: 90, serverTimeInErrors: true } });
    expect(outcome.status).toBe(401);
    const offset = (Date.parse(outcome.answer.headers.date ?? '') - Date.now()) / 1000;
    expect(offset).toBeGreaterThan(80);
    expect(outcome.answer.text).toContain('"server_time":"');
    const corrected = { ...read, headers: signedHeaders(read, { timestamp: String(nowSeconds() + 90) }) };
    expect((await sendRaw(outcome.world.exchange.url, corrected)).status).toBe(200);
  });

  it('can follow market time, for clients that run on it too', async () => {
    const timestamp = String(Date.parse('2026-03-02T09:00:00Z') / 1000);
    expect((await statusOf(read, { timestamp }, { modes: { signatureClock: 'market' } })).status).toBe(200);
  });
});

describe('the key registry', () => {
  it('serves several keys, and refuses one from the moment it is revoked', async () => {
    const world = await startWorld();
    const second = createClientKey();
    const send = () =>
      sendRaw(world.exchange.url, { ...read, headers: signedHeaders(read, { key: second }) });
    expect((await send()).status).toBe(401);
    expect(world.admin.addKey({ publicKey: second.publicKey }).fingerprint).toBe(second.fingerprint);
    expect((await send()).status).toBe(200);
    world.admin.revokeKey({ fingerprint: second.fingerprint });
    expect((await send()).status).toBe(401);
    expect((await world.call('GET', '/me')).status).toBe(200);
  });
});

describe('path families', () => {
  it('serve only the configured prefixes', async () => {
    const world = await startWorld({ extraPrefixes: ['/v1'] });
    const at = (target: string) => {
      const raw = { method: 'GET', target };
      return sendRaw(world.exchange.url, { ...raw, headers: signedHeaders(raw) });
    };
    expect((await at('/v1/me')).status).toBe(200);
    expect((await at(`${PREFIX}/me`)).status).toBe(200);
    expect((await at('/trading/me')).status).toBe(404);
    expect((await at(`${PREFIX}/me/`)).status).toBe(404);
    expect((await at('/v1/api/v1/trading/me')).status).toBe(404);
  });

  it('serve health without a signature', async () => {
    const world = await startWorld();
    const answer = await sendRaw(world.exchange.url, { method: 'GET', target: `${PREFIX}/health` });
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"ok"')]);
  });
});

describe('a body above 64 kB', () => {
  it('is refused before anything looks into it', async () => {
    const world = await startWorld();
    const raw: RawRequest = { method: 'POST', target: `${PREFIX}/orders`, body: ' '.repeat(65_537) };
    const answer = await sendRaw(world.exchange.url, { ...raw, headers: signedHeaders(raw) });
    expect(answer.status).toBe(413);
  });
});
