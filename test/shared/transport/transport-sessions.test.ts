import { constants } from 'node:crypto';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../../../local/emulators/loopback/self-signed-certificate.ts';
import { createTransport, type HttpRequest } from '../../../shared/transport/transport.ts';
import { httpAnswer, startRawServer } from './support/raw-server.ts';

const post: HttpRequest = {
  method: 'POST',
  target: '/x',
  headers: {},
  body: Buffer.from('{}'),
  timeoutMs: 5_000,
  reuseConnection: false,
};
const get: HttpRequest = { ...post, method: 'GET', body: Buffer.alloc(0), reuseConnection: true };
const certificate = selfSignedCertificate();
const authorities = tls.getCACertificates('default');

/** A server that notes, for each request, whether its connection went on with an earlier session. */
function startTlsServer(resumed: boolean[], options: tls.TlsOptions = {}) {
  return startRawServer(
    (socket) => {
      if (socket instanceof tls.TLSSocket) resumed.push(socket.isSessionReused());
      socket.write(httpAnswer('200 OK', '{}'));
    },
    { ...certificate, ...options },
  );
}

beforeEach(() => tls.setDefaultCACertificates([...authorities, certificate.cert.toString()]));
afterEach(() => tls.setDefaultCACertificates(authorities));

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('with %s', (maxVersion) => {
  it('each order has a connection of its own, which goes on with the session of the one before', async () => {
    const resumed: boolean[] = [];
    await using server = await startTlsServer(resumed, { maxVersion });
    const transport = createTransport(server.origin);
    for (const request of [post, post, get, post])
      expect(await transport(request)).toMatchObject({ status: 200 });
    expect(resumed).toEqual([false, true, true, true]);
    expect(server.connections()).toBe(4);
  });

  it('a server that was met is known to the first order, and was asked nothing', async () => {
    const resumed: boolean[] = [];
    await using server = await startTlsServer(resumed, { maxVersion });
    const transport = createTransport(server.origin);
    await transport.meet();
    expect([server.requests.length, server.connections()]).toEqual([0, 1]);
    expect(await transport(post)).toMatchObject({ status: 200 });
    expect(resumed).toEqual([true]);
  });
});

it('a server that has forgotten the session is met anew', async () => {
  const resumed: boolean[] = [];
  await using server = await startTlsServer(resumed);
  const transport = createTransport(server.origin);
  await transport.meet();
  server.forgetSessions();
  expect(await transport(post)).toMatchObject({ status: 200 });
  expect(resumed).toEqual([false]);
});

describe('meeting a server', () => {
  it('for whose certificate nobody vouches makes it none that an order is sent to', async () => {
    tls.setDefaultCACertificates(authorities);
    await using server = await startTlsServer([]);
    const transport = createTransport(server.origin);
    await transport.meet();
    expect(await transport(post)).toEqual({ kind: 'not-sent', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(await transport(post)).toEqual({ kind: 'not-sent', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  it("under a name that is not the certificate's makes it none either", async () => {
    const other = selfSignedCertificate('DNS:exchange.example');
    tls.setDefaultCACertificates([...authorities, other.cert.toString()]);
    await using server = await startTlsServer([], other);
    const transport = createTransport(server.origin);
    await transport.meet();
    expect(await transport(post)).toEqual({ kind: 'not-sent', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(await transport(post)).toEqual({ kind: 'not-sent', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it('that is not there does not fail', async () => {
    await expect(createTransport(new URL('https://127.0.0.1:1')).meet()).resolves.toBeUndefined();
  });

  it('that gives no session does not take long', async () => {
    const noTickets = constants.SSL_OP_NO_TICKET;
    await using server = await startTlsServer([], {
      maxVersion: 'TLSv1.3',
      secureOptions: noTickets,
      ticketKeys: Buffer.alloc(48),
    });
    const startedAt = performance.now();
    await createTransport(server.origin).meet();
    expect(performance.now() - startedAt).toBeLessThan(900);
  });

  it('that says nothing ends after a second', async () => {
    await using server = await startRawServer(() => undefined);
    const transport = createTransport(new URL(`https://${server.origin.host}`));
    await expect(transport.meet()).resolves.toBeUndefined();
  });

  it('without TLS is nothing', async () => {
    await using server = await startRawServer(() => undefined);
    await createTransport(server.origin).meet();
    expect(server.connections()).toBe(0);
  });
});
