import nacl from 'tweetnacl';
import { body, message, seed, timeMany } from '../measure/time-many.ts';

const { secretKey } = nacl.sign.keyPair.fromSeed(new Uint8Array(seed));

/** The signature of an order as the exchange's own client makes it, so many times. */
export const handler = async ({ times }: { readonly times: number }) =>
  timeMany(times, (timestamp) => nacl.sign.detached(message(timestamp, body), secretKey));
