import { describe, expect, it } from 'vitest';
import type { WireRequest } from '../../../local/emulators/signature/canonical-request.ts';
import { verifySignature } from '../../../local/emulators/signature/verify-signature.ts';
import { sign } from './support/sign.ts';

const credentials = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'secret/key+of=tests' };
const date = new Date('2026-11-23T10:15:00Z');
const url = 'http://api.local/orders/a%20b/%C3%A9(1)?b=2&a=x%2Fy&a=w&flag=';

async function signedRequest(changes: { date?: Date; service?: string; region?: string } = {}) {
  const headers = { 'content-type': 'application/json', 'x-amz-meta': '  two   words ' };
  const body = '{"price":"1.50"}';
  const signed = await sign(credentials, { url, method: 'POST', body, headers, date, ...changes });
  const { pathname, search } = new URL(url);
  const request: WireRequest = {
    method: 'POST',
    path: pathname,
    query: search.slice(1),
    headers: Object.entries(signed.headers),
    body: Buffer.from(body),
  };
  return request;
}

function verify(request: WireRequest, now = date.getTime()) {
  return verifySignature(request, {
    region: 'eu-west-1',
    service: 'execute-api',
    secretOf: (key) => (key === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
    now,
  });
}

function withHeader(request: WireRequest, name: string, value: string | undefined): WireRequest {
  const others = request.headers.filter(([header]) => header !== name);
  return { ...request, headers: value === undefined ? others : [...others, [name, value]] };
}

describe('the signature check', () => {
  it('accepts what the AWS library signed, with spaces, accents and repeated parameters', async () => {
    expect(verify(await signedRequest())).toEqual({ ok: true, accessKeyId: credentials.accessKeyId });
  });

  it('accepts the worked example of the AWS documentation', () => {
    // Signature Version 4, "Example: Create a signed request": IAM ListUsers of 30 August 2015.
    const request: WireRequest = {
      method: 'GET',
      path: '/',
      query: 'Action=ListUsers&Version=2010-05-08',
      headers: [
        ['host', 'iam.amazonaws.com'],
        ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
        ['x-amz-date', '20150830T123600Z'],
        [
          'authorization',
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
        ],
      ],
      body: Buffer.alloc(0),
    };
    const check = verifySignature(request, {
      region: 'us-east-1',
      service: 'iam',
      secretOf: () => 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      now: Date.parse('2015-08-30T12:36:00Z'),
    });
    expect(check.ok).toBe(true);
  });

  it.each<[string, (request: WireRequest) => WireRequest]>([
    ['method', (request) => ({ ...request, method: 'DELETE' })],
    ['path', (request) => ({ ...request, path: '/orders/a%20c/%C3%A9(1)' })],
    ['query value', (request) => ({ ...request, query: request.query.replace('b=2', 'b=3') })],
    ['added parameter', (request) => ({ ...request, query: `${request.query}&c=1` })],
    ['signed header', (request) => withHeader(request, 'x-amz-meta', 'three words')],
  ])('refuses a changed %s', async (_what, change) => {
    expect(verify(change(await signedRequest()))).toEqual({ ok: false, reason: 'signature-mismatch' });
  });

  it('refuses another body, also when the claimed hash is made to fit it', async () => {
    const request = await signedRequest();
    const body = Buffer.from('{"price":"9.50"}');
    expect(verify({ ...request, body })).toEqual({ ok: false, reason: 'payload-mismatch' });
    const claimed = withHeader({ ...request, body }, 'x-amz-content-sha256', undefined);
    expect(verify(claimed)).toEqual({ ok: false, reason: 'signature-mismatch' });
  });

  it('refuses a date that is more than five minutes off, on either side', async () => {
    const request = await signedRequest();
    const limit = 5 * 60 * 1000;
    expect(verify(request, date.getTime() + limit).ok).toBe(true);
    expect(verify(request, date.getTime() + limit + 1000)).toEqual({ ok: false, reason: 'clock-skew' });
    expect(verify(request, date.getTime() - limit - 1000)).toEqual({ ok: false, reason: 'clock-skew' });
  });

  it('refuses a date that was put in place of the signed one', async () => {
    const replayed = withHeader(await signedRequest(), 'x-amz-date', '20261123T201500Z');
    const check = verify(replayed, Date.parse('2026-11-23T20:15:00Z'));
    expect(check).toEqual({ ok: false, reason: 'signature-mismatch' });
  });

  it('refuses a request that is signed for another region or service', async () => {
    expect(verify(await signedRequest({ region: 'us-east-1' })).ok).toBe(false);
    expect(verify(await signedRequest({ service: 'dynamodb' }))).toEqual({
      ok: false,
      reason: 'wrong-scope',
    });
  });

  it('refuses a header of AWS that is not signed', async () => {
    const smuggled = withHeader(await signedRequest(), 'x-amz-target', 'Something.Else');
    expect(verify(smuggled)).toEqual({ ok: false, reason: 'unsigned-header' });
  });

  it('tells a missing, a malformed and an unknown authorization apart', async () => {
    const request = await signedRequest();
    const authorization = request.headers.find(([name]) => name === 'authorization')?.[1] ?? '';
    const replaced = (value: string | undefined) => verify(withHeader(request, 'authorization', value));
    expect(replaced(undefined)).toEqual({ ok: false, reason: 'missing' });
    expect(replaced('Bearer abc')).toEqual({ ok: false, reason: 'malformed' });
    expect(replaced(authorization.replace('AKIATEST', 'AKIAOTHE'))).toEqual({
      ok: false,
      reason: 'unknown-key',
    });
  });
});
