import https from 'node:https';
import tls from 'node:tls';

/**
 * As many POSTs over TLS as an order of ours takes, three writes to the table and one over a connection of its own to the
 * exchange, and nothing else: the floor of an order that is recorded before it is sent.
 */
const kept = new https.Agent({ keepAlive: true });
const table = process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '';
const exchange = process.env['EXCHANGE_URL'] ?? '';
const secureContext = tls.createSecureContext();
const body = JSON.stringify({ order: 'x'.repeat(600) });
let session: Buffer | undefined;

function post(origin: string, connection: https.RequestOptions | tls.ConnectionOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const outgoing = https.request(
      origin,
      { method: 'POST', path: '/bare', headers, ...connection },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', reject);
      },
    );
    outgoing.once('socket', (socket) => {
      socket.once('session', (latest: Buffer) => {
        session = latest;
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export const handler = async (): Promise<{ statusCode: number }> => {
  for (let write = 1; write <= 2; write += 1) await post(table, { agent: kept });
  const own = { agent: false, secureContext, ...(session === undefined ? {} : { session }) } as const;
  await post(exchange, own);
  await post(table, { agent: kept });
  return { statusCode: 200 };
};
