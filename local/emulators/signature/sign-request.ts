import type { AwsEndpoint } from '../aws-endpoint.ts';
import { canonicalRequest, sha256Hex, type WireRequest } from './canonical-request.ts';
import { hmac, signingKey } from './signing-key.ts';

/** Signs requests to one service with the keys of its endpoint. */
export class RequestSigner {
  readonly #server: AwsEndpoint;
  readonly #service: string;
  #day = '';
  #key: Buffer = Buffer.alloc(0);

  /** @param service signing name, for example `dynamodb` */
  constructor(server: AwsEndpoint, service: string) {
    this.#server = server;
    this.#service = service;
  }

  /**
   * The request with a signature. Its headers, all of which are signed, must hold `host` and neither a date nor a
   * signature.
   */
  sign(request: WireRequest, now: number): WireRequest {
    const date = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const headers = [...request.headers, ['x-amz-date', date] as const].toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    );
    const names = headers.map(([name]) => name);
    const day = date.slice(0, 8);
    const scope = `${day}/${this.#server.region}/${this.#service}/aws4_request`;
    const canonical = canonicalRequest({ ...request, headers }, names);
    const text = ['AWS4-HMAC-SHA256', date, scope, sha256Hex(canonical)].join('\n');
    const signature = hmac(this.#keyOf(day), text).toString('hex');
    const credential = `${this.#server.credentials.accessKeyId}/${scope}`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
    return { ...request, headers: [...headers, ['authorization', authorization]] };
  }

  /** The key of a day is the same for all its requests. */
  #keyOf(day: string): Buffer {
    if (day !== this.#day) {
      const { region, credentials } = this.#server;
      this.#key = signingKey(credentials.secretAccessKey, [day, region, this.#service, 'aws4_request']);
      this.#day = day;
    }
    return this.#key;
  }
}
