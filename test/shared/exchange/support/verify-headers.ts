import nacl from 'tweetnacl';
import { testKey } from './client-tools.ts';

/** Whether these headers sign this method, path and body, by the formula of the exchange's guide. */
export function headersSign(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  request: { readonly method: string; readonly path: string; readonly body: Uint8Array | string },
): boolean {
  const timestamp = headers['x-thegrid-timestamp'];
  const signature = headers['x-thegrid-signature'];
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return false;
  const head = Buffer.from(`${timestamp}${request.method}${request.path}`);
  const message = new Uint8Array(Buffer.concat([head, Buffer.from(request.body)]));
  return nacl.sign.detached.verify(message, Buffer.from(signature, 'base64'), testKey.publicKey);
}
