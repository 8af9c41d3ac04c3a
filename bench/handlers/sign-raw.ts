import { createPrivateKey, sign } from 'node:crypto';
import { body, message, seed, timeMany } from '../measure/time-many.ts';

const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const key = createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' });
const ready = message(1_764_000_000, body);

/** Node's own signature over bytes that are ready: the limit. */
export const handler = async ({ times }: { readonly times: number }) =>
  timeMany(times, () => sign(null, ready, key));
