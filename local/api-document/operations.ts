import type * as v from 'valibot';
import { checkBodySchema } from '../../shared/http/check-request.ts';
import { decisionQuerySchema } from '../../shared/http/decision-query.ts';
import { orderQuerySchema } from '../../shared/http/order-query.ts';
import { orderBodySchema } from '../../shared/http/order-request.ts';
import type { ProblemCode } from '../../shared/http/problem.ts';
import { reservationQuerySchema } from '../../shared/http/reservation-query.ts';
import { reservationBodySchema } from '../../shared/http/reservation-request.ts';
import { stopBodySchema } from '../../shared/http/stop-request.ts';
import type { AnswerName } from './components.ts';
import {
  checkBodyTexts,
  decisionQueryTexts,
  type FieldText,
  orderBodyTexts,
  orderQueryTexts,
  reservationBodyTexts,
  reservationQueryTexts,
  stopBodyTexts,
} from './requests.ts';

/** Fields of a body or of a query: the schema that the service checks them with, and what they mean. */
export interface Fields {
  readonly schema: v.GenericSchema;
  readonly texts: Readonly<Record<string, FieldText>>;
}

/** A success, and headers that it has beside the content's type. */
export interface Success {
  readonly description: string;
  readonly answer: AnswerName;
  readonly headers?: readonly ('location' | 'idempotent-replayed' | 'retry-after')[];
}

/** What a caller can do, in the words of the document. */
export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly query?: Fields;
  readonly body?: Fields & { readonly required: boolean };
  /** Whether the request needs an `Idempotency-Key`. */
  readonly takesKey?: true;
  readonly successes: Readonly<Record<number, Success>>;
  readonly problems: readonly ProblemCode[];
}

const ofStore = ['store-unavailable'] as const;
const ofExchange = [
  'exchange-refused-us',
  'exchange-unreadable',
  'exchange-unavailable',
  'signing-key-unavailable',
] as const;

const orderQuery: Fields = { schema: orderQuerySchema, texts: orderQueryTexts };
const reservationQuery: Fields = { schema: reservationQuerySchema, texts: reservationQueryTexts };
/** Which symbols there are is a matter of the stage. */
const anySymbol = decisionQuerySchema(['chat-prime']);

/** By method and path of the route; what every operation can answer is added by the document. */
export const operations: Readonly<Record<string, Operation>> = {
  'POST /orders': {
    id: 'placeOrder',
    summary: 'Buys.',
    takesKey: true,
    body: { schema: orderBodySchema, texts: orderBodyTexts, required: true },
    successes: {
      200: {
        description: 'The key was used for this order before. Nothing was sent.',
        answer: 'Order',
        headers: ['location', 'idempotent-replayed'],
      },
      201: { description: 'The exchange took it.', answer: 'Order', headers: ['location'] },
      202: {
        description:
          'Sent, and the answer was unclear: the balance checks find out. Do not buy again meanwhile.',
        answer: 'Order',
        headers: ['location'],
      },
    },
    problems: [
      'invalid-request',
      'over-budget',
      'no-liquidity',
      'too-many-alike',
      'key-used-for-another-order',
      'order-refused',
      'stopped',
      'settings-changed',
      'too-many-orders',
      'order-not-sent',
      ...ofStore,
      ...ofExchange,
    ],
  },
  'GET /orders': {
    id: 'listOrders',
    summary: "The caller's orders, newest first; for readers, those of all.",
    query: orderQuery,
    successes: { 200: { description: 'A page of orders.', answer: 'OrderPage' } },
    problems: ['invalid-request', ...ofStore],
  },
  'GET /orders/{id}': {
    id: 'getOrder',
    summary: 'One order with its history.',
    successes: { 200: { description: 'The order.', answer: 'OrderWithHistory' } },
    problems: ['unknown-order', ...ofStore],
  },
  'DELETE /orders/{id}': {
    id: 'cancelOrder',
    summary: 'Asks the exchange to cancel an order, and looks.',
    successes: {
      200: { description: 'It is over. It may have been filled meanwhile.', answer: 'Order' },
      202: { description: 'It is not over yet.', answer: 'Order' },
    },
    problems: ['unknown-order', 'order-already-final', 'order-not-located', ...ofStore, ...ofExchange],
  },
  'GET /balances': {
    id: 'getBalances',
    summary: 'The accounts, as the last balance check has read them.',
    successes: { 200: { description: 'The balances.', answer: 'Balances' } },
    problems: ['balances-not-read', ...ofStore],
  },
  'GET /status': {
    id: 'getStatus',
    summary: 'Mode, budgets, Units and open orders at one look.',
    successes: { 200: { description: 'How the stage is.', answer: 'Status' } },
    problems: ofStore,
  },
  'POST /stop': {
    id: 'stop',
    summary: 'Stops all buying at once. Only an administrator lets it go on.',
    body: { schema: stopBodySchema, texts: stopBodyTexts, required: false },
    successes: { 200: { description: 'Nothing is bought any more.', answer: 'Stopped' } },
    problems: ofStore,
  },
  'POST /checks': {
    id: 'checkNow',
    summary: 'Checks the balances now. Many calls at once are one check.',
    body: { schema: checkBodySchema, texts: checkBodyTexts, required: false },
    successes: {
      200: { description: 'What the check did.', answer: 'Check' },
      202: {
        description: 'Another check has just begun: wait for so long.',
        answer: 'CheckRunning',
        headers: ['retry-after'],
      },
    },
    problems: ['invalid-request', ...ofStore, ...ofExchange],
  },
  'POST /reservations': {
    id: 'makeReservation',
    summary: 'Has Units ready for a batch.',
    takesKey: true,
    body: { schema: reservationBodySchema, texts: reservationBodyTexts, required: true },
    successes: {
      200: {
        description: 'The key was used for this reservation before.',
        answer: 'PricedReservation',
        headers: ['location', 'idempotent-replayed'],
      },
      201: { description: 'Recorded.', answer: 'PricedReservation', headers: ['location'] },
    },
    problems: ['invalid-request', 'key-used-for-another-reservation', 'stopped', ...ofStore],
  },
  'GET /reservations': {
    id: 'listReservations',
    summary: "The caller's reservations, newest first; for readers, those of all.",
    query: reservationQuery,
    successes: { 200: { description: 'A page of reservations.', answer: 'ReservationPage' } },
    problems: ['invalid-request', ...ofStore],
  },
  'GET /reservations/{id}': {
    id: 'getReservation',
    summary: 'One reservation: how much is ready, and whether it was met.',
    successes: { 200: { description: 'The reservation.', answer: 'Reservation' } },
    problems: ['unknown-reservation', ...ofStore],
  },
  'DELETE /reservations/{id}': {
    id: 'cancelReservation',
    summary: 'Cancels a reservation; what was bought stays.',
    successes: {
      200: { description: 'From the next check on nothing is bought for it.', answer: 'Reservation' },
    },
    problems: ['unknown-reservation', 'reservation-over', ...ofStore],
  },
  'GET /decisions': {
    id: 'listDecisions',
    summary: 'What the balance checks decided about an instrument and why, newest first.',
    query: { schema: anySymbol, texts: decisionQueryTexts },
    successes: { 200: { description: 'A page of decisions.', answer: 'DecisionPage' } },
    problems: ['invalid-request', ...ofStore],
  },
};
