import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { checkAnswer } from '../../../shared/http/check-answer.ts';
import { parseCheckRequest } from '../../../shared/http/check-request.ts';
import { parseDecisionQuery } from '../../../shared/http/decision-query.ts';
import { decisionView } from '../../../shared/http/decision-view.ts';
import { cancellingAnswer, makingAnswer } from '../../../shared/http/reservation-answer.ts';
import { parseReservationQuery } from '../../../shared/http/reservation-query.ts';
import { sampleDecision } from '../../support/sample-decision.ts';
import { sampleLimits, sampleOrder, usd } from '../../support/sample-order.ts';
import { hourMs, sampleReservation } from '../../support/sample-reservation.ts';
import { testEpoch } from '../../support/virtual-clock.ts';

const instruments = [
  { symbol: 'chat-prime', marketId: 'market_1' },
  { symbol: 'code-prime', marketId: 'market_2' },
];

describe('a call for a check', () => {
  it.each([
    ['', []],
    ['{}', []],
    ['{"market":"market_2"}', []],
    ['{"refused":false,"market":"chat-prime"}', []],
    ['{"refused":true}', ['chat-prime', 'code-prime']],
    ['{"refused":true,"market":"market_2"}', ['code-prime']],
  ])('%s says that it was refused %j', (body, refused) => {
    expect(parseCheckRequest(body, instruments)).toEqual({ refused: new Set(refused) });
  });

  it('is told everything that is wrong with it', () => {
    expect(() =>
      parseCheckRequest('{"market":"chat-fast","refused":"yes","now":true}', instruments),
    ).toThrowError(
      expect.objectContaining({
        code: 'invalid-request',
        details: {
          errors: [
            { field: 'refused', message: 'must be true or false' },
            { field: 'now', message: 'is not a field of a call for a check' },
            {
              field: 'market',
              message: 'is not one of the configured instruments: chat-prime, code-prime',
            },
          ],
        },
      }),
    );
  });
});

describe('the answer to a call for a check', () => {
  const mine = sampleOrder({ principal: 'mine' });
  const other = sampleOrder({ principal: 'other', orderId: `g1a-${'b'.repeat(26)}` });
  const check = {
    movedOrders: [mine, other],
    audit: undefined,
    movedTransfers: [],
    unclearTransfers: 0,
    late: false,
    instruments: [],
  };
  const ordersFor = (shows: (record: { readonly principal: string }) => boolean) =>
    v
      .parse(
        v.object({ orders: v.array(v.object({ id: v.string() })) }),
        JSON.parse(checkAnswer({ kind: 'checked', startedAt: testEpoch, check }, { only: {}, shows }).body),
      )
      .orders.map(({ id }) => id);

  it('tells a caller of the orders that it may see, and of no others', () => {
    expect(ordersFor(({ principal }) => principal === 'mine')).toEqual([mine.orderId]);
    expect(ordersFor(() => true)).toEqual([mine.orderId, other.orderId]);
  });
});

describe('the queries', () => {
  it('of reservations have a default and filters, and know each other from those of orders', () => {
    expect(parseReservationQuery({})).toEqual({ limit: 20 });
    const all = { outcome: 'met', instrument: 'chat-prime', limit: '5', cursor: 'abc' };
    expect(parseReservationQuery(all)).toEqual({ ...all, limit: 5 });
    expect(() => parseReservationQuery({ outcome: 'late', state: 'OPEN' })).toThrowError(
      expect.objectContaining({
        details: {
          errors: [
            { field: 'outcome', message: 'must be one of open, met, missed, cancelled' },
            { field: 'state', message: 'is not a parameter of this list' },
          ],
        },
      }),
    );
  });

  it('of decisions name one of the configured instruments', () => {
    const symbols = ['chat-prime', 'code-prime'];
    expect(parseDecisionQuery({ instrument: 'code-prime', cursor: 'abc' }, symbols)).toEqual({
      instrument: 'code-prime',
      limit: 20,
      cursor: 'abc',
    });
    for (const [parameters, message] of [
      [{ instrument: 'chat' }, 'must be one of chat-prime, code-prime'],
      [{}, 'is missing'],
    ] as const) {
      expect(() => parseDecisionQuery(parameters, symbols)).toThrowError(
        expect.objectContaining({ details: { errors: [{ field: 'instrument', message }] } }),
      );
    }
  });
});

describe('the answers about a reservation', () => {
  const reservation = sampleReservation();
  const costs = { limits: sampleLimits, perDay: usd('20') };

  it('say what it costs at most, and whether the day has room for that', () => {
    const answer = makingAnswer({ kind: 'made', reservation }, costs, testEpoch);
    expect(answer).toMatchObject({
      statusCode: 201,
      headers: { location: `/reservations/${reservation.reservationId}` },
    });
    expect(JSON.parse(answer.body)).toEqual({
      id: reservation.reservationId,
      outcome: 'open',
      instrument: 'chat-prime',
      units: '10',
      neededFrom: '2026-11-23T14:00:00.000Z',
      neededUntil: '2026-11-23T15:00:00.000Z',
      readyUnits: null,
      missingUnits: null,
      checkedAt: null,
      metAt: null,
      cancelledAt: null,
      createdAt: '2026-11-23T12:00:00.000Z',
      estimatedCost: '25.25',
      dailyLimit: '20.00',
      fitsDailyLimit: false,
    });
    const cheap = makingAnswer({ kind: 'made', reservation }, { ...costs, perDay: usd('25.25') }, testEpoch);
    expect(JSON.parse(cheap.body)).toMatchObject({ fitsDailyLimit: true });
  });

  it('tell a repetition, another reservation, and what is over', () => {
    expect(makingAnswer({ kind: 'replayed', reservation }, costs, testEpoch)).toMatchObject({
      statusCode: 200,
      headers: { 'idempotent-replayed': 'true' },
    });
    expect(makingAnswer({ kind: 'payload-differs', reservation }, costs, testEpoch).statusCode).toBe(422);
    const later = testEpoch + 4 * hourMs;
    const over = cancellingAnswer({ kind: 'over', reservation }, later);
    expect(JSON.parse(over.body)).toMatchObject({
      status: 409,
      code: 'reservation-over',
      reservation: { outcome: 'missed' },
    });
    expect(cancellingAnswer({ kind: 'cancelled', reservation }, later).statusCode).toBe(200);
    expect(cancellingAnswer({ kind: 'not-found' }, later).statusCode).toBe(404);
  });
});

it('a decision is shown with its words, its numbers and what was done', () => {
  const { explanation, actions } = sampleDecision();
  expect(decisionView(sampleDecision())).toEqual({
    time: '2026-11-23T12:00:00.000Z',
    instrument: 'chat-prime',
    trigger: 'schedule',
    policy: 'adaptive',
    ...explanation,
    usable: '2.5',
    incoming: '0',
    coverMinutes: 4,
    bestAsk: '2.02',
    bookReadAt: '2026-11-23T11:59:00.000Z',
    actions,
  });
  const { bestAsk: _ask, bookReadAt: _at, ...unread } = sampleDecision();
  expect(decisionView(unread)).toMatchObject({ bestAsk: null, bookReadAt: null });
});
