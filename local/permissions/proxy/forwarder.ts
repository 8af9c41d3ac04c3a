import { Agent, type IncomingHttpHeaders, request as startRequest } from 'node:http';
import type { AwsEndpoint } from '../../emulators/aws-endpoint.ts';
import type { WireRequest } from '../../emulators/signature/canonical-request.ts';
import { RequestSigner } from '../../emulators/signature/sign-request.ts';

/** What a service answered. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Headers that say what a request is. All others are about the connection, or the caller's signature. */
const forwarded = new Set(['content-type', 'x-amz-target']);

/** Sends requests on to a service, signed with the keys that the service knows. */
export class Forwarder {
  readonly #url: URL;
  readonly #signer: RequestSigner;
  readonly #now: () => number;
  readonly #agent = new Agent({ keepAlive: true });

  /**
   * @param service signing name, for example `dynamodb`
   * @param now the time that the service goes by, ms since the epoch
   */
  constructor(server: AwsEndpoint, service: string, now: () => number) {
    this.#now = now;
    this.#url = new URL(server.endpoint);
    this.#signer = new RequestSigner(server, service);
  }

  /** @throws when the service cannot be reached, or goes away in the middle of the answer */
  async forward(request: WireRequest): Promise<ServiceAnswer> {
    const kept = request.headers.filter(([name]) => forwarded.has(name));
    const headers = [['host', this.#url.host] as const, ...kept];
    const { method, path, body, headers: signed } = this.#signer.sign({ ...request, headers }, this.#now());
    const { promise, resolve, reject } = Promise.withResolvers<ServiceAnswer>();
    const outgoing = startRequest(
      {
        agent: this.#agent,
        host: this.#url.hostname,
        port: this.#url.port,
        method,
        path,
        headers: Object.fromEntries(signed),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 500,
            headers: answer.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }
}
