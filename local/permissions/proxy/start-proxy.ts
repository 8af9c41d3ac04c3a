import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AwsEndpoint } from '../../emulators/aws-endpoint.ts';
import { type LoopbackServer, listenOnLoopback } from '../../emulators/loopback/listen.ts';
import { readBody } from '../../emulators/loopback/read-body.ts';
import { asWireRequest } from '../../emulators/signature/as-wire-request.ts';
import type { WireRequest } from '../../emulators/signature/canonical-request.ts';
import { signatureFailure } from '../../emulators/signature/signature-failure.ts';
import { type SignatureRefusal, verifySignature } from '../../emulators/signature/verify-signature.ts';
import type { Principal } from '../../runner/access/access-request.ts';
import type { Permissions } from '../permissions.ts';
import type { Wanted } from '../requests/wanted.ts';
import type { RoleKeys, RoleSession } from '../role-keys.ts';
import { Forwarder, type ServiceAnswer } from './forwarder.ts';
import type { ServiceProtocol } from './service-protocol.ts';

/** What a proxy needs. */
export interface ProxyOptions {
  readonly server: AwsEndpoint;
  readonly protocol: ServiceProtocol;
  readonly keys: RoleKeys;
  readonly permissions: Permissions;
  /** The time in which callers sign, ms since the epoch. */
  readonly now: () => number;
  /** The time that the service goes by. */
  readonly serverNow: () => number;
  /** What a request wants. Undefined: it is not understood. */
  readonly wantedOf: (operation: string, input: unknown) => readonly Wanted[] | undefined;
}

/**
 * Stands in front of a service and lets through what the role of the calling function allows. Functions sign with keys
 * of their own; what is let through is signed again with those that the service knows.
 */
export async function startProxy(options: ProxyOptions): Promise<LoopbackServer> {
  const proxy = new PermissionProxy(options);
  const server = await listenOnLoopback((request, response) => proxy.serve(request, response));
  const close = async (): Promise<void> => {
    await server.close();
    proxy.close();
  };
  return { ...server, close };
}

class PermissionProxy {
  readonly #options: ProxyOptions;
  readonly #forwarder: Forwarder;

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#forwarder = new Forwarder(options.server, options.protocol.name, options.serverNow);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, this.#options.protocol.bodyLimit);
    if (body === undefined) {
      this.#send(response, this.#failure('SerializationException', 'Request too large.'));
      return;
    }
    const wire = asWireRequest(request, body);
    const refused = this.#refusal(wire);
    if (refused !== undefined) {
      this.#send(response, refused);
      return;
    }
    const answer = await this.#forwarder.forward(wire).catch(() => undefined);
    // The caller sees what it would see of the service: a connection that ends.
    if (answer === undefined) response.destroy();
    else this.#send(response, answer);
  }

  close(): void {
    this.#forwarder.close();
  }

  #refusal(wire: WireRequest): ServiceAnswer | undefined {
    const caller = this.#callerOf(wire);
    if (typeof caller === 'string') {
      const { type, message } = signatureFailure(caller);
      return this.#failure(type, message);
    }
    const { protocol, wantedOf, permissions } = this.#options;
    const target = headerOf(wire, 'x-amz-target') ?? '';
    const operation = target.startsWith(protocol.targetPrefix)
      ? target.slice(protocol.targetPrefix.length)
      : target;
    const principal: Principal = { kind: 'role', arn: caller.roleArn };
    const known = { principal, function: caller.function };
    const wanted = wantedOf(operation, parseJson(wire.body));
    if (wanted === undefined) {
      const one = { action: `${protocol.name}:${operation}`, resource: 'unknown' };
      permissions.deny({ ...one, ...known }, 'the request is not understood here');
      return this.#denied(caller, one);
    }
    const denied = wanted.find((one) => {
      const source =
        caller.function === undefined ? {} : { 'lambda:SourceFunctionArn': [caller.function.arn] };
      return !permissions.allows({ ...one, ...known, context: { ...one.context, ...source } });
    });
    return denied === undefined ? undefined : this.#denied(caller, denied);
  }

  /** Who signed a request, or what is wrong with its signature. */
  #callerOf(wire: WireRequest): RoleSession | SignatureRefusal {
    const { server, protocol, keys } = this.#options;
    const check = verifySignature(wire, {
      region: server.region,
      service: protocol.name,
      secretOf: (key) => keys.sessionOf(key)?.credentials.secretAccessKey,
      now: this.#options.now(),
    });
    if (!check.ok) return check.reason;
    const session = keys.sessionOf(check.accessKeyId);
    const hasToken = headerOf(wire, 'x-amz-security-token') === session?.credentials.sessionToken;
    return (hasToken ? session : undefined) ?? 'unknown-key';
  }

  #denied(caller: RoleSession, { action, resource }: Omit<Wanted, 'context'>): ServiceAnswer {
    const user = `${caller.roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${caller.function?.name ?? 'person'}`;
    return this.#failure(
      'AccessDeniedException',
      `User: ${user} is not authorized to perform: ${action} on resource: ${resource}`,
    );
  }

  #failure(type: string, message: string): ServiceAnswer {
    const { contentType, errorPrefix } = this.#options.protocol;
    return {
      status: 400,
      headers: { 'content-type': contentType, 'x-amzn-requestid': randomUUID() },
      body: Buffer.from(JSON.stringify({ __type: `${errorPrefix}${type}`, Message: message })),
    };
  }

  #send(response: ServerResponse, { status, headers, body }: ServiceAnswer): void {
    for (const name of ['content-type', 'x-amzn-requestid', 'x-amz-crc32']) {
      const value = headers[name];
      if (value !== undefined) response.setHeader(name, value);
    }
    // The SDK sets its clock by it.
    response.setHeader('date', new Date(this.#options.now()).toUTCString());
    response.setHeader('content-length', body.length);
    response.writeHead(status).end(body);
  }
}

function headerOf(wire: WireRequest, name: string): string | undefined {
  return wire.headers.find(([header]) => header === name)?.[1];
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
