import * as v from 'valibot';
import { amount, ONE, toJsonNumber, wholeUnits } from '../decimal.ts';
import type { Transfer } from '../ledger/transfers.ts';
import type { Answer } from '../wire/exchange-of-messages.ts';
import { parseJsonBody } from '../wire/json-body.ts';
import { answerList } from '../wire/listing.ts';
import { type Problem, problem, problemOf } from '../wire/refusals.ts';
import { findInstrument } from '../world.ts';
import { answerOutcome, type Call, data, type Handlers, isoTime } from './route.ts';

const transferSchema = v.object({
  instrument_id: v.string('must be an instrument id'),
  quantity: v.union(
    [
      v.pipe(
        v.number(),
        v.safeInteger(),
        v.transform((count) => wholeUnits(count)),
      ),
      v.pipe(
        v.string(),
        v.regex(/^\d{1,15}$/),
        v.transform((text) => amount(text)),
      ),
    ],
    'must be whole Units',
  ),
});

function transferToConsumption(call: Call): Answer | Problem {
  const { exchange, modes } = call.simulator;
  const body = parseJsonBody(call.request, transferSchema);
  if (!('parsed' in body)) return body;
  const { instrument_id: instrumentId, quantity } = body.parsed;
  const instrument = findInstrument(instrumentId);
  if (instrument?.instrumentId !== instrumentId) {
    return problemOf('instrument_not_found', 'Instrument not found', modes);
  }
  if (quantity < ONE) return problem(422, 'INVALID_QUANTITY', 'quantity must be at least 1');
  return answerOutcome(exchange.transfers.request(instrument, quantity), call, (transfer) => {
    if (modes.transferAnswer === 'docs') {
      return { status: 200, json: { status: 'success', transfer_id: transfer.transferId } };
    }
    return data({ id: transfer.transferId, status: 'success', quantity: toJsonNumber(transfer.quantity) });
  });
}

function showTransfer(transfer: Transfer): object {
  return {
    transfer_id: transfer.transferId,
    instrument_id: transfer.instrument.instrumentId,
    direction: 'trading_to_consumption',
    quantity: toJsonNumber(transfer.quantity),
    transfer_type: transfer.cause,
    status: 'completed',
    created_at: isoTime(transfer.at),
  };
}

function listTransfers(call: Call): Answer | Problem {
  const { exchange, modes } = call.simulator;
  const visibleAt = exchange.now - modes.balanceLagSeconds * 1000;
  return answerList(
    exchange.transfers.history().filter(({ at }) => at <= visibleAt),
    {
      keyOf: ({ transferId }) => transferId,
      timeOf: ({ at }) => at,
      filters: {
        instrument_id: ({ instrument }, wanted) => instrument.instrumentId === wanted,
        status: (_, wanted) => wanted === 'completed',
      },
      orderBy: ['created_at'],
      show: showTransfer,
    },
    call.query,
    modes,
  );
}

/** Moving Units to Consumption. There is no way back, so there is no route for it. */
export const transferHandlers: Handlers = {
  'POST /transfers/trading-to-consumption': transferToConsumption,
  'GET /transfer-histories': listTransfers,
  'GET /transfers/histories': listTransfers,
};
