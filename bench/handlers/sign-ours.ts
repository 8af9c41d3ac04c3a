import { signRequest } from '../../shared/signing/request-signature.ts';
import { SigningKey } from '../../shared/signing/signing-key.ts';
import { body, seed, target, timeMany } from '../measure/time-many.ts';

const key = SigningKey.load(seed.toString('base64'));

/** The signature of an order as our functions make it, so many times. */
export const handler = async ({ times }: { readonly times: number }) =>
  timeMany(times, (timestampSeconds) => signRequest(key, { method: 'POST', target, body, timestampSeconds }));
