import * as v from 'valibot';
import { orderStates } from '../orders/order.ts';
import type { OrderQuery } from '../orders/store-port.ts';
import { cursorField, instrumentField, limitField, parseListQuery } from './list-query.ts';

/** The query parameters of `GET /orders`. */
export const orderQuerySchema = v.strictObject({
  state: v.optional(v.picklist(orderStates, `must be one of ${orderStates.join(', ')}`)),
  instrument: v.optional(instrumentField),
  limit: limitField,
  cursor: cursorField,
});

/** @throws ProblemError `invalid-request` with everything that is wrong */
export function parseOrderQuery(parameters: Readonly<Record<string, string | undefined>>): OrderQuery {
  const { state, instrument, limit, cursor } = parseListQuery(orderQuerySchema, parameters);
  return {
    limit,
    ...(state === undefined ? {} : { state }),
    ...(instrument === undefined ? {} : { instrument }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
