import type { NotAccepted } from '../../../shared/orders/exchange-port.ts';
import { canary } from '../invariants/canary.ts';
import type { Random } from '../kernel/random.ts';
import { SigningKeyMissingError } from './key-missing.ts';
import type { NetworkTools } from './network.ts';
import { carryPost, type ExchangeAnswer, type OutgoingPost, postTimeoutMs } from './posts.ts';

const shortestPostMs = 1_000;

/** A request with the time in its signature, ms since the epoch by the exchange's clock. */
interface Signed<Request> {
  readonly request: Request;
  readonly signatureTime: number;
}

/** Signs requests and hands each out once. */
export interface Signer<Request> {
  sign(request: Request): Promise<{ readonly signedAt: number }>;
  take(prepared: object): Signed<Request>;
}

/** Signs with the clock and the key of the invocation. */
export function createSigner<Request>(tools: NetworkTools): Signer<Request> {
  const { invocation, random, faults, kernel } = tools;
  const signed = new WeakMap<object, Signed<Request>>();
  return {
    sign: (request) =>
      invocation.call({
        name: 'exchange.prepare',
        requestMs: random.integer(0, 40),
        responseMs: 0,
        perform: async () => {
          if (random.chance(faults.keyMissing)) throw new SigningKeyMissingError(canary);
          const { sandbox, clock } = invocation;
          sandbox.useKey(kernel.now());
          const { offset } = sandbox.clockSkew;
          const signatureTime = Math.floor((clock.now() + offset) / 1000) * 1000;
          const prepared = { signedAt: signatureTime - offset };
          signed.set(prepared, { request, signatureTime });
          return prepared;
        },
      }),
    take: (prepared) => {
      const content = signed.get(prepared);
      if (content === undefined) throw new Error('What was signed is sent once.');
      signed.delete(prepared);
      return content;
    },
  };
}

/** Sends what must not be repeated as the client does, and says what came of it in the client's words. */
export async function postByPort<Answer extends ExchangeAnswer>(
  tools: NetworkTools,
  outgoing: (timeoutMs: number) => OutgoingPost<Answer>,
): Promise<Answer | NotAccepted> {
  const { invocation, random, kernel } = tools;
  const remaining = tools.deadline - invocation.clock.now();
  if (remaining < shortestPostMs) return { kind: 'not-sent', code: 'deadline-passed' };
  return carryPost<Answer, Answer | NotAccepted>(tools, outgoing(Math.min(postTimeoutMs, remaining)), {
    notSent: () => ({ kind: 'not-sent', code: 'ECONNREFUSED' }),
    lost: () => ({ kind: 'unknown', code: random.pick(['ECONNRESET', 'timeout']) }),
    timedOut: () => ({ kind: 'unknown', code: 'timeout' }),
    answered: (answer) => {
      if (answer.kind === 'refused' && answer.status === 401) {
        invocation.sandbox.learn(kernel.now());
        invocation.sandbox.forgetKey();
      }
      return answer;
    },
    spoilt: () => spoil(random),
  });
}

function spoil(random: Random): NotAccepted {
  return random.pick<NotAccepted>([
    { kind: 'unknown', status: 200, code: 'acceptance-unreadable' },
    { kind: 'unknown', status: 201, code: 'acceptance-without-id' },
    { kind: 'unknown', status: 502, code: 'http-502' },
    { kind: 'unknown', code: 'ECONNRESET' },
  ]);
}
