import * as v from 'valibot';
import { problemCatalogue } from '../../shared/http/problem.ts';
import { modes } from '../../shared/orders/control-port.ts';
import { orderStates, waysToMatch } from '../../shared/orders/order.ts';
import { reservationOutcomes } from '../../shared/top-up/reservations/reservation.ts';
import { transferStates } from '../../shared/transfers/transfer.ts';

/**
 * What the API answers with. The functions make these answers by hand and do not carry the schemas; tests hold every answer
 * that they see against them.
 */

const text = (description: string) => v.pipe(v.string(), v.description(description));
const orNull = <Schema extends v.GenericSchema>(schema: Schema) => v.nullable(schema);

const time = (description: string) =>
  v.pipe(v.string(), v.isoTimestamp(), v.description(`${description} ISO 8601, in UTC.`));

/** Money and amounts of Units: exact, so text. */
const decimal = (description: string) =>
  v.pipe(v.string(), v.regex(/^-?\d+(\.\d+)?$/), v.description(description));

const wholeUnits = (description: string) =>
  v.pipe(v.number(), v.integer(), v.minValue(0), v.description(`${description} Whole Units.`));

const nextCursor = orNull(text('`cursor` for the next page; null at the end.'));

const orderFields = {
  id: text('Our id of the order.'),
  state: v.pipe(v.picklist(orderStates), v.description('Where it stands.')),
  confirmed: v.pipe(v.boolean(), v.description('Whether a later look agreed with a final state.')),
  reason: orNull(text('A code that says why it is in this state.')),
  instrument: text('Symbol of the instrument.'),
  marketId: text("The exchange's id of the market."),
  type: v.pipe(v.picklist(['limit', 'market']), v.description('What was asked for.')),
  quantity: wholeUnits('What was asked for.'),
  limitPrice: decimal('The most that is paid for a Unit. USD.'),
  timeInForce: v.picklist(['gtc', 'ioc', 'fok', 'day']),
  filledQuantity: wholeUnits('What was bought so far.'),
  averagePrice: orNull(decimal('What a Unit cost on average. USD.')),
  reserved: decimal('What may still be spent on it. USD.'),
  spent: decimal('What was spent on it. USD.'),
  source: v.pipe(
    v.picklist(['api', 'schedule']),
    v.description('A caller, or the balance checks of the schedule.'),
  ),
  clientOrderId: text('The id that the exchange got; the same as `id`.'),
  exchangeOrderId: orNull(text("The exchange's id, once it is known.")),
  matchedBy: orNull(
    v.pipe(v.picklist(waysToMatch), v.description("How the exchange's order was told to be this one.")),
  ),
  createdAt: time('When it was recorded.'),
  updatedAt: time('When its record last changed.'),
  sentAt: orNull(time('When it was sent.')),
  cancelRequestedAt: orNull(time('When its cancellation was asked for.')),
};

export const orderAnswer = v.object(orderFields);

export const orderWithHistoryAnswer = v.object({
  ...orderFields,
  history: v.array(
    v.object({
      at: time('When.'),
      from: orNull(v.picklist(orderStates)),
      to: v.picklist(orderStates),
      reason: orNull(text('A code that says why.')),
    }),
  ),
});

export const orderPage = v.object({ orders: v.array(orderAnswer), nextCursor });

const accountFields = {
  accountId: text("The exchange's id of the account."),
  instrument: orNull(text('Symbol, where it is one of the configured instruments.')),
  instrumentId: text("The exchange's id of the instrument."),
};

export const balancesAnswer = v.object({
  readAt: time('When the last balance check read them.'),
  consumption: v.array(
    v.object({
      ...accountFields,
      usable: decimal('Units that applications can use.'),
      total: orNull(decimal('Units in the account, committed ones included.')),
    }),
  ),
  trading: v.array(v.object({ ...accountFields, available: decimal('Units that can be moved.') })),
  currency: v.array(
    v.object({
      currency: text('Such as `USD`.'),
      available: decimal('What can be spent.'),
      locked: decimal('What open orders hold.'),
      total: decimal('Both together.'),
    }),
  ),
});

const reservationFields = {
  id: text('Our id of the reservation.'),
  outcome: v.pipe(v.picklist(reservationOutcomes), v.description('What has become of it.')),
  instrument: text('Symbol of the instrument.'),
  units: decimal('What is to be ready. Units.'),
  neededFrom: time('When the batch begins.'),
  neededUntil: time('When it ends.'),
  readyUnits: orNull(decimal('How much was ready at `checkedAt`. Units.')),
  missingUnits: orNull(decimal('How much was lacking at the first check of the window. Units.')),
  checkedAt: orNull(time('When `readyUnits` last changed.')),
  metAt: orNull(time('When all of it was ready for the first time in the window.')),
  cancelledAt: orNull(time('When it was cancelled.')),
  createdAt: time('When it was made.'),
};

export const reservationAnswer = v.object(reservationFields);

export const pricedReservationAnswer = v.object({
  ...reservationFields,
  estimatedCost: decimal('What it costs at most to have the Units ready once. USD.'),
  dailyLimit: decimal('What may be spent in a UTC day, on everything. USD.'),
  fitsDailyLimit: v.boolean(),
});

export const reservationPage = v.object({ reservations: v.array(reservationAnswer), nextCursor });

const result = text('A code that says what came of it.');
const decisionAction = v.variant('action', [
  v.object({
    action: v.literal('order'),
    orderId: v.optional(text('Absent if nothing was recorded.')),
    state: v.optional(v.picklist(orderStates)),
    purpose: v.picklist(['patient', 'urgent']),
    quantity: wholeUnits('What was ordered.'),
    limitPrice: decimal('USD per Unit.'),
    result,
  }),
  v.object({ action: v.literal('cancel'), orderId: v.string(), result }),
  v.object({ action: v.literal('transfer'), units: decimal('What was moved. Units.'), result }),
]);

const decisionAnswer = v.object({
  time: time('When the balance was read.'),
  instrument: text('Symbol of the instrument.'),
  trigger: v.picklist(['schedule', 'wake-up']),
  policy: text('Name of the policy that decided.'),
  words: text('Why, in a sentence.'),
  reason: text('Why, as a stable code.'),
  boundBy: orNull(text('Which bound kept the purchase smaller or away.')),
  usable: decimal('Units that an application could use.'),
  incoming: decimal('Units on their way.'),
  coverMinutes: orNull(
    v.pipe(v.number(), v.description('For how many minutes the Units last, those on their way included.')),
  ),
  bestAsk: orNull(decimal('Best ask of the market when its book was last read. USD.')),
  bookReadAt: orNull(time('When that was: at this check, or at an earlier one.')),
  figures: v.pipe(v.record(v.string(), v.number()), v.description('The numbers behind it, by name.')),
  actions: v.array(decisionAction),
});

export const decisionPage = v.object({ decisions: v.array(decisionAnswer), nextCursor });

const budgetAnswer = v.object({
  period: text('The UTC day or month.'),
  cap: decimal('What may be spent. USD.'),
  spent: decimal('What was spent. USD.'),
  reserved: decimal('What unfinished orders may still cost. USD.'),
  available: decimal('What is left. USD.'),
});

const stops = ['DRY_RUN', 'PAUSED', 'BREAKER', 'SETTINGS_UNUSABLE'] as const;

export const statusAnswer = v.object({
  stage: text('Name of the stage.'),
  time: time('When it was looked at.'),
  mode: v.pipe(
    v.picklist([...modes, 'SETTINGS_UNUSABLE']),
    v.description('Settings that cannot be understood stop all buying, whatever they say.'),
  ),
  settingsVersion: v.pipe(
    v.number(),
    v.integer(),
    v.description('Which settings are in force; 0 before the first.'),
  ),
  settingsReason: orNull(text('Why an administrator has made the settings what they are.')),
  stoppedBy: orNull(v.pipe(v.picklist(stops), v.description('What keeps everything from buying.'))),
  breaker: orNull(
    v.object({
      reason: text('A code.'),
      since: time('When it was opened.'),
      reference: orNull(text('What it is about: an order, or who stopped it.')),
      note: orNull(text('What the person who stopped it says.')),
    }),
  ),
  limits: v.object({
    perOrder: decimal('USD.'),
    perDay: decimal('USD in a UTC day.'),
    perMonth: decimal('USD in a UTC month.'),
    ordersPerHour: v.pipe(v.number(), v.integer()),
  }),
  budgets: v.object({ day: budgetAnswer, month: budgetAnswer }),
  ordersThisHour: v.pipe(v.number(), v.integer()),
  checkedAt: orNull(time('When the last balance check read the accounts.')),
  currency: v.array(
    v.object({
      currency: text('Such as `USD`.'),
      available: decimal('What can be spent.'),
      locked: decimal('What open orders hold.'),
    }),
  ),
  instruments: v.array(
    v.object({
      symbol: text('Symbol of the instrument.'),
      marketId: text("The exchange's id of its market."),
      paused: v.pipe(v.boolean(), v.description('Whether nothing of it is bought.')),
      maximumPrice: decimal('The most that is paid for a Unit. USD.'),
      maximumQuantity: wholeUnits('The most in an order.'),
      priceTick: decimal('Prices are multiples of it. USD.'),
      feeBasisPoints: v.pipe(v.number(), v.description('What the exchange may charge, in 1/100 %.')),
      policy: orNull(text('What tops it up; null if nothing does.')),
      usable: orNull(decimal('Units that applications can use; null before the first check.')),
      inTrading: orNull(decimal('Units bought and not moved yet; null before the first check.')),
      decision: orNull(decisionAnswer),
    }),
  ),
  openOrderCount: v.pipe(
    v.number(),
    v.integer(),
    v.description('All orders that may still buy, also those that the caller is not shown.'),
  ),
  openOrders: v.array(orderAnswer),
});

export const stoppedAnswer = v.object({
  breaker: v.literal('open'),
  by: text('ARN of the role that stopped it.'),
});

export const checkAnswer = v.object({
  running: v.literal(false),
  startedAt: time('When the check began.'),
  late: v.pipe(v.boolean(), v.description('Whether it came so late that nothing was bought.')),
  orders: v.array(
    v.object({
      id: v.string(),
      instrument: v.string(),
      state: v.picklist(orderStates),
      filledQuantity: wholeUnits('What was bought so far.'),
      averagePrice: orNull(decimal('USD.')),
    }),
  ),
  transfers: v.array(
    v.object({
      id: v.string(),
      instrument: v.string(),
      state: v.picklist(transferStates),
      quantity: wholeUnits('What was to be moved.'),
      reason: v.optional(v.string()),
    }),
  ),
  instruments: v.array(
    v.object({
      instrument: text('Symbol of the instrument.'),
      result: v.picklist(['enough', 'bought', 'in-doubt', 'not-bought', 'failed']),
      usable: orNull(decimal('Units that an application could use.')),
      incoming: orNull(decimal('Units on their way.')),
      orderId: v.optional(text('The order that it placed.')),
      orderState: v.optional(v.picklist(orderStates)),
      reason: text("A rule, an order's state, or the name of an error."),
    }),
  ),
});

export const checkRunningAnswer = v.object({
  running: v.literal(true),
  startedAt: time('When the running check began.'),
});

export const problemAnswer = v.object({
  type: text('`urn:grid-buyer:problem:` and the code.'),
  title: text('What is wrong, in general.'),
  status: v.pipe(v.number(), v.integer(), v.description('The HTTP status.')),
  code: v.pipe(v.picklist(Object.keys(problemCatalogue)), v.description('Stable.')),
  detail: v.optional(text('What is wrong, in particular.')),
  errors: v.optional(
    v.pipe(
      v.array(
        v.object({
          field: text('The field of the body, or the name of the header or parameter.'),
          message: text('What is wrong and what would be right.'),
        }),
      ),
      v.description('All that is wrong with the request.'),
    ),
  ),
  order: v.optional(orderAnswer),
  reservation: v.optional(reservationAnswer),
});
