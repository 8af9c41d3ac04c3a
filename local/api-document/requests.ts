import type * as v from 'valibot';
import type { checkBodySchema } from '../../shared/http/check-request.ts';
import type { decisionQuerySchema } from '../../shared/http/decision-query.ts';
import type { orderQuerySchema } from '../../shared/http/order-query.ts';
import type { orderBodySchema } from '../../shared/http/order-request.ts';
import type { reservationQuerySchema } from '../../shared/http/reservation-query.ts';
import type { reservationBodySchema } from '../../shared/http/reservation-request.ts';
import type { stopBodySchema } from '../../shared/http/stop-request.ts';

/** What a field means, and what of its rules JSON Schema can say that the schema's own checks do not. */
export interface FieldText {
  readonly description: string;
  readonly pattern?: string;
  readonly examples?: readonly unknown[];
  /** Of whole numbers. */
  readonly type?: 'integer';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
}

/** A text for every field: one that is missing, or that no schema has, does not compile. */
type TextsOf<Schema extends v.GenericSchema> = Readonly<Record<keyof v.InferInput<Schema>, FieldText>>;

const market: FieldText = {
  description: "Symbol of a configured instrument, or the exchange's id of its market.",
  examples: ['chat-prime'],
};

/** At most 8 decimals; not zero, which is left to the service to say. */
const positiveDecimal = String.raw`^(0|[1-9]\d{0,17})(\.\d{1,8})?$`;

export const orderBodyTexts: TextsOf<typeof orderBodySchema> = {
  market,
  type: { description: 'A market order is sent as a limit order with a price from the book.' },
  quantity: {
    description: "Whole Units; at most the instrument's `maximumQuantity`.",
    type: 'integer',
    maximum: Number.MAX_SAFE_INTEGER,
    examples: [1],
  },
  price: {
    description:
      "For limit orders, and for them only: the most to pay for a Unit, in USD. At most the instrument's `maximumPrice`, and a multiple of its `priceTick`.",
    pattern: positiveDecimal,
    examples: ['2.50'],
  },
  timeInForce: { description: 'The exchange promises only `gtc`.' },
};

/** Unlike the format `date-time`, seconds may be left out. */
const instant = {
  pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$`,
  examples: ['2026-11-23T18:00:00Z'],
};

export const reservationBodyTexts: TextsOf<typeof reservationBodySchema> = {
  market: {
    ...market,
    description: "Symbol of an instrument that is topped up, or the exchange's id of its market.",
  },
  units: {
    description:
      "How many Units; up to 10 times the instrument's `maximumQuantity`. Either this or `tokens`.",
    pattern: positiveDecimal,
    examples: ['12.5'],
  },
  tokens: {
    description: 'How many tokens. A Unit is 1,000,000 tokens. Either this or `units`.',
    type: 'integer',
    maximum: Number.MAX_SAFE_INTEGER,
    examples: [12_500_000],
  },
  neededFrom: { ...instant, description: 'When the batch begins: at most 30 days ahead.' },
  neededUntil: { ...instant, description: 'When it ends: at most 24 hours after `neededFrom`.' },
};

export const checkBodyTexts: TextsOf<typeof checkBodySchema> = {
  market: { ...market, description: 'Which instrument `refused` is about. Default: all of them.' },
  refused: { description: 'Whether an application was refused for want of Units.' },
};

export const stopBodyTexts: TextsOf<typeof stopBodySchema> = {
  reason: { description: 'Why; the first 200 characters are kept.', examples: ['the bill is too high'] },
};

const page: Readonly<Record<'limit' | 'cursor', FieldText>> = {
  limit: {
    description: 'Entries of a page.',
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 20,
  },
  cursor: { description: '`nextCursor` of the page before.' },
};
const instrument: FieldText = { description: 'Symbol of an instrument.', examples: ['chat-prime'] };

export const orderQueryTexts: TextsOf<typeof orderQuerySchema> = {
  state: { description: 'Only orders in this state.' },
  instrument,
  ...page,
};

export const reservationQueryTexts: TextsOf<typeof reservationQuerySchema> = {
  outcome: { description: 'Only reservations of which this has become.' },
  instrument,
  ...page,
};

export const decisionQueryTexts: TextsOf<ReturnType<typeof decisionQuerySchema>> = {
  instrument: { ...instrument, description: 'Symbol of a configured instrument.' },
  ...page,
};
