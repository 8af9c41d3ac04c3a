import {
  createExchangeClient,
  type ExchangeClient,
  type ExchangeDialect,
} from '../../../../shared/exchange/client.ts';
import type { SignedRequestTools } from '../../../../shared/exchange/signed-requests.ts';
import { SigningKey } from '../../../../shared/signing/signing-key.ts';
import type { Clock } from '../../../../shared/time/clock.ts';
import { createVirtualClock, testEpoch } from '../../../support/virtual-clock.ts';

export { testEpoch };

/** The key that the tests of the exchange client sign with; its seed is 32 times the byte 7. */
export const testKey = SigningKey.load(Buffer.alloc(32, 7).toString('base64'));

/** A virtual clock that remembers for how long it was waited on. */
export interface RecordingClock extends Clock {
  readonly waits: readonly number[];
  advance(milliseconds: number): void;
}

export function createRecordingClock(start = testEpoch): RecordingClock {
  const clock = createVirtualClock(start);
  const waits: number[] = [];
  return {
    now: clock.now,
    advance: clock.advance,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      await clock.wait(milliseconds);
    },
    waits,
  };
}

/** Everything the client needs; a transport must be named, the rest has a default. */
export function clientTools(
  given: Pick<SignedRequestTools, 'transport'> & Partial<SignedRequestTools>,
): SignedRequestTools {
  return {
    endpoint: { url: new URL('http://127.0.0.1'), pathPrefix: '/api/v1/trading' },
    signingKey: async () => testKey,
    onKeyRefused: () => undefined,
    clock: createVirtualClock(),
    random: () => 0.5,
    deadline: testEpoch + 60_000,
    skew: { offset: 0 },
    tally: { answered: 0, refused: 0 },
    ...given,
  };
}

export const guideDialect: ExchangeDialect = {
  balanceBasis: 'available',
  quantityEncoding: 'number',
  requestAutotransfer: false,
  showsClientOrderIds: true,
  balanceLagSeconds: 45,
  foreignOrders: 'stop',
  transferHistory: 'transfer-histories',
};

export function clientWith(
  given: Pick<SignedRequestTools, 'transport'> & Partial<SignedRequestTools>,
  dialect: Partial<ExchangeDialect> = {},
): ExchangeClient {
  return createExchangeClient(clientTools(given), { ...guideDialect, ...dialect });
}
