import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { checkAnswer, orderAnswer, problemAnswer } from '../api-document/answers.ts';
import type { Administration } from '../exchange/admin/administration.ts';
import type { ApiAnswer, ApiClient } from '../service/api-client.ts';
import { breakageNames, breakIt, mendAll } from './breakages.ts';

/** What the buttons of the page act on. */
export interface ActionPorts {
  readonly api: ApiClient;
  readonly admin: Administration;
  /** The market that the page trades in. */
  readonly symbol: string;
  /** Lets buying go on, as an administrator does. */
  /** Says whether it was done: not if somebody else was first. */
  readonly resume: (reason: string) => Promise<boolean>;
}

/** What came of pressing a button, for a person to read. */
export interface ActionResult {
  readonly ok: boolean;
  readonly says: string;
}

/** What a button sends. */
export const actionSchema = v.variant('action', [
  v.strictObject({
    action: v.literal('buy'),
    quantity: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** USD per Unit; a market order without it. */
    price: v.optional(v.string()),
  }),
  /** The last purchase once more, with the same key. */
  v.strictObject({ action: v.literal('repeat') }),
  v.strictObject({ action: v.literal('cancel'), id: v.string() }),
  v.strictObject({ action: v.literal('check') }),
  v.strictObject({ action: v.literal('stop') }),
  v.strictObject({ action: v.literal('resume') }),
  v.strictObject({ action: v.literal('break'), what: v.picklist(breakageNames) }),
  v.strictObject({ action: v.literal('mend') }),
  v.strictObject({
    action: v.literal('burn'),
    unitsPerMinute: v.pipe(v.string(), v.regex(/^\d{1,3}(\.\d+)?$/)),
  }),
]);

export type Action = v.InferOutput<typeof actionSchema>;

/** @returns does what a button asks for */
export function createActions(ports: ActionPorts): (action: Action) => Promise<ActionResult> {
  const { api, admin, symbol } = ports;
  let last: { readonly key: string; readonly body: object } | undefined;

  async function buy(quantity: number, price: string | undefined): Promise<ActionResult> {
    const body = {
      market: symbol,
      quantity,
      ...(price === undefined ? { type: 'market' } : { type: 'limit', price }),
    };
    last = { key: randomUUID(), body };
    return ordered(await api.placeOrder(last.key, last.body));
  }

  return async (action) => {
    switch (action.action) {
      case 'buy':
        return buy(action.quantity, action.price);
      case 'repeat':
        if (last === undefined) return { ok: false, says: 'There is nothing to repeat yet: buy first.' };
        return ordered(await api.placeOrder(last.key, last.body));
      case 'cancel':
        return cancelled(await api.delete(`/orders/${action.id}`));
      case 'check':
        return checked(await api.checkNow());
      case 'stop':
        await api.stop({ reason: 'the button of the page' });
        return {
          ok: true,
          says: 'Nothing is bought any more, by callers or by the schedule. Orders that rest stay.',
        };
      case 'resume':
        return (await ports.resume('the button of the page'))
          ? { ok: true, says: 'Buying goes on.' }
          : { ok: false, says: 'Somebody else has just changed the settings. Look at them, and try again.' };
      case 'break':
        return { ok: true, says: breakIt(action.what, admin, symbol) };
      case 'mend':
        mendAll(admin, symbol);
        return { ok: true, says: 'The exchange works again; within half a minute its sellers quote.' };
      case 'burn':
        admin.setBurn({ instrument: symbol, unitsPerMinute: action.unitsPerMinute });
        return { ok: true, says: `The application uses ${action.unitsPerMinute} Units a minute.` };
    }
  };
}

function ordered(answer: ApiAnswer): ActionResult {
  const order = v.safeParse(orderAnswer, answer.body);
  if (answer.status > 202 || !order.success) return refused(answer);
  const { id, state, quantity, limitPrice } = order.output;
  const says = {
    200: `This key was used before: nothing was sent. It is the order ${id}, now ${state}.`,
    201: `The exchange took ${quantity} at no more than ${limitPrice} USD.`,
    202: `Sent, and the answer was lost: ${id} is ${state}. It is not sent again; a check finds out.`,
  }[answer.status];
  return { ok: true, says: says ?? `Answered with ${answer.status}.` };
}

function cancelled(answer: ApiAnswer): ActionResult {
  const order = v.safeParse(orderAnswer, answer.body);
  if (answer.status > 202 || !order.success) return refused(answer);
  return { ok: true, says: `The order is ${order.output.state}.` };
}

function checked(answer: ApiAnswer): ActionResult {
  if (answer.status === 202) return { ok: true, says: 'A check has just begun: many calls at once are one.' };
  const body = v.safeParse(checkAnswer, answer.body);
  if (answer.status !== 200 || !body.success) return refused(answer);
  const results = body.output.instruments.map((one) => `${one.instrument}: ${one.result} (${one.reason})`);
  return { ok: true, says: `Checked. ${results.join('; ')}.` };
}

function refused(answer: ApiAnswer): ActionResult {
  const problem = v.safeParse(problemAnswer, answer.body);
  if (!problem.success) return { ok: false, says: `Answered with ${answer.status}.` };
  const { title, detail, errors = [] } = problem.output;
  const parts = [title, detail ?? '', ...errors.map(({ field, message }) => `${field} ${message}.`)];
  return { ok: false, says: parts.filter((part) => part !== '').join(' ') };
}
