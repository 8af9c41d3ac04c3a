import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBalances } from '../../../shared/top-up/check-balances.ts';
import type { ToppedUpInstrument } from '../../../shared/top-up/review-instrument.ts';
import type { HttpRequest } from '../../../shared/transport/transport.ts';
import { clientPorts } from '../../support/client-ports.ts';
import { createMemoryOrderStore } from '../../support/memory-order-store.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { sampleLimits } from '../../support/sample-order.ts';
import { scheduledTick, thresholdInstrument } from '../../support/threshold-instrument.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';
import { answer, computedTransport } from '../exchange/support/answers.ts';
import { anyAccountList, anyBody, anyHeaders, anyStatus } from '../exchange/support/any-answer.ts';
import { clientWith } from '../exchange/support/client-tools.ts';
import { echo, holdsSecret, type WireAnswer } from '../exchange/support/echoing-transport.ts';
import { anyBytes, hostileJson, spoilt } from '../exchange/support/spoilt-answers.ts';

const minimumUnits = 5;
const instrument: ToppedUpInstrument = {
  ...thresholdInstrument,
  limits: { ...sampleLimits, marketId: 'm', instrumentId: 'i' },
};

const accounts = (units: number): string =>
  JSON.stringify({
    data: [{ account_id: 'a', instrument_id: 'i', status: 'active', available_balance: String(units) }],
    paging: { next_cursor: null, has_more: false },
  });
const market = JSON.stringify({ data: { market_id: 'm', status: 'active', associated_instruments: ['i'] } });
const accepted = JSON.stringify({ data: { order_id: 'order_1' } });

/** The last part of the path that a request asks for, with its method. */
function endpointOf({ method, target }: HttpRequest): string {
  const path = target.split('?')[0]?.replace('/api/v1/trading', '') ?? '';
  return `${method} ${path}`;
}

/** Answers that are right and say: nothing is there, everything works. One of them is replaced by a wrong one. */
async function checkWith(wrong: string, given: WireAnswer) {
  const rightAnswers = new Map([
    ['GET /consumption-accounts', answer(200, accounts(0))],
    ['GET /trading-accounts', answer(200, accounts(0))],
    ['GET /markets/m', answer(200, market)],
    ['POST /orders', answer(201, accepted)],
  ]);
  const { transport, requests } = computedTransport((request) => {
    const endpoint = endpointOf(request);
    return endpoint === wrong ? echo(request, given) : (rightAnswers.get(endpoint) ?? answer(404));
  });
  const clock = createVirtualClock();
  const store = createMemoryOrderStore();
  const log = createRecordedLog();
  const client = clientWith({ transport, clock });
  const tick = scheduledTick(testEpoch);
  await checkBalances(clientPorts({ client, store, clock, log, instrumentId: 'i' }), tick, [instrument]);
  const posts = requests.filter(({ method }) => method === 'POST').length;
  const records = JSON.stringify([...store.orders.values()], (_name, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  const tellsSecret = holdsSecret(JSON.stringify(log.lines) + records, requests);
  return {
    posts,
    tellsSecret,
    lines: log.lines.length,
    states: [...store.orders.values()].map((one) => one.state),
  };
}

function anyAnswerLike(right: string): fc.Arbitrary<WireAnswer> {
  const body = fc.oneof(
    { weight: 2, arbitrary: anyBytes },
    { weight: 4, arbitrary: spoilt(right) },
    { weight: 2, arbitrary: anyBody.map((text) => Buffer.from(text, 'utf8')) },
    { weight: 2, arbitrary: anyAccountList.map((text) => Buffer.from(text, 'utf8')) },
    { weight: 1, arbitrary: hostileJson },
  );
  return fc.record({ status: anyStatus, headers: anyHeaders, body });
}

/**
 * Whether a list, read with none of our code, says in so many words that there are too few Units: each row is an
 * account with a plain decimal for a balance, and those of the instrument come to less than the minimum.
 */
function saysTooFew(body: Buffer): boolean {
  const rows = rowsOf(body.toString('utf8'));
  const units = rows?.map((row) => unitsIn(row));
  if (units === undefined || units.includes(undefined)) return false;
  return units.reduce<number>((sum, one) => sum + (one ?? 0), 0) < minimumUnits;
}

function rowsOf(text: string): readonly unknown[] | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const rows: unknown = typeof json === 'object' && json !== null && 'data' in json ? json.data : json;
    return Array.isArray(rows) ? rows : undefined;
  } catch {
    return undefined;
  }
}

/** The least that an account can be said to hold of the instrument; undefined if it is no account. */
function unitsIn(row: unknown): number | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(row));
  if (String(fields.get('status')).trim().toLowerCase() === 'closed') return 0;
  const names = ['available_balance', 'uncommitted_balance', 'total_balance', 'available'];
  const balances = names.map((name) => String(fields.get(name)).trim());
  const amounts = balances.filter((text) => /^\d+(\.\d+)?(e[+-]?\d+)?$/.test(text)).map(Number);
  if (fields.get('account_id') === undefined || amounts.length === 0) return undefined;
  const committed = Number(fields.get('committed_balance') ?? 0);
  const isOurs = String(fields.get('instrument_id')).trim() === 'i';
  return isOurs ? Math.max(0, Math.min(...amounts) - committed) : 0;
}

describe('a balance check', () => {
  it.each([
    ['GET /consumption-accounts', 5_000],
    ['GET /trading-accounts', 2_000],
  ])(
    'buys nothing on what %s answers, unless it says in so many words that there is too little (%d answers)',
    async (endpoint, answers) => {
      const seen = { bought: 0, unreadable: 0 };
      const property = fc.asyncProperty(anyAnswerLike(accounts(500)), async (given) => {
        const { posts, tellsSecret, lines } = await checkWith(endpoint, given);
        if (posts > 0 && !saysTooFew(given.body))
          throw new Error(`It bought on ${given.body.toString('utf8')}`);
        if (tellsSecret) throw new Error('It logged a secret.');
        if (lines === 0) throw new Error('It said nothing.');
        if (posts > 0) seen.bought += 1;
        else seen.unreadable += 1;
      });
      await fc.assert(property, { numRuns: answers });
      expect(seen.bought).toBeGreaterThan(20);
      expect(seen.unreadable).toBeGreaterThan(answers / 2);
    },
  );

  it('buys nothing in a market whose answer does not say that it is active (1,000 answers)', async () => {
    let bought = 0;
    const property = fc.asyncProperty(anyAnswerLike(market), async (given) => {
      const { posts, tellsSecret } = await checkWith('GET /markets/m', given);
      bought += posts;
      if (posts > 0 && !/"status"\s*:\s*"\s*active\s*"/i.test(given.body.toString('utf8')))
        throw new Error('It bought.');
      if (tellsSecret) throw new Error('It logged a secret.');
    });
    await fc.assert(property, { numRuns: 1_000 });
    expect(bought).toBeGreaterThan(0);
  });

  it('sends one POST whatever it is answered, records what came of it, and logs no secret (1,000 answers)', async () => {
    const states = new Set<string>();
    const property = fc.asyncProperty(anyAnswerLike(accepted), async (given) => {
      const check = await checkWith('POST /orders', given);
      if (check.posts !== 1) throw new Error(`It sent ${check.posts} times.`);
      if (check.tellsSecret) throw new Error('It logged a secret.');
      for (const state of check.states) states.add(state);
    });
    await fc.assert(property, { numRuns: 1_000 });
    expect([...states].toSorted()).toEqual(['OPEN', 'UNKNOWN']);
  });
});
