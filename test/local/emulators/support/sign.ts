import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentials } from '../../../../local/emulators/aws-endpoint.ts';

/** The hash that the signing library wants, from Node's own. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', asBuffer(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(asBuffer(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function asBuffer(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}

interface RequestToSign {
  readonly url: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly date?: Date;
  readonly service?: string;
  readonly region?: string;
}

/** Signs a request with AWS's own library and gives it in the shape that `fetch` takes. */
export async function sign(
  credentials: AwsCredentials,
  { url, method = 'GET', body, headers = {}, date = new Date(), ...scope }: RequestToSign,
): Promise<{ method: string; headers: Record<string, string>; body?: string }> {
  const { host, hostname, pathname, searchParams } = new URL(url);
  const signer = new SignatureV4({
    credentials,
    region: scope.region ?? 'eu-west-1',
    service: scope.service ?? 'execute-api',
    sha256: Sha256,
  });
  const names = [...new Set(searchParams.keys())];
  const signed = await signer.sign(
    {
      protocol: 'http:',
      hostname,
      method,
      path: pathname,
      query: Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)])),
      headers: { host, ...headers },
      ...(body === undefined ? {} : { body }),
    },
    { signingDate: date },
  );
  return { method, headers: signed.headers, ...(body === undefined ? {} : { body }) };
}
