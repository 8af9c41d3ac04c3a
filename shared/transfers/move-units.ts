import type { Log } from '../observability/log.ts';
import { StoreUnavailableError } from '../orders/store-port.ts';
import { oldestSignatureMs, timeNeededMs, verdictDelayMs } from '../orders/time-limits.ts';
import type { Clock } from '../time/clock.ts';
import type { PreparedTransfer, TransferExchange, TransferOutcome } from './exchange-port.ts';
import { moveTransfer } from './life-cycle.ts';
import type { CreateTransferOutcome, TransferStore } from './store-port.ts';
import type { Transfer } from './transfer.ts';
import { transferLogFields } from './transfer-log.ts';

/** What moving Units needs. */
export interface MoveUnitsPorts {
  readonly store: TransferStore;
  readonly exchange: TransferExchange;
  readonly clock: Clock;
  /** When all must be recorded, ms since the epoch. */
  readonly deadline: number;
  /** A fresh random mark. */
  readonly nonce: () => string;
  readonly log: Log;
}

/** One wish to move Units. The same transfer id always means the same wish. */
export type MoveIntent = Pick<Transfer, 'transferId' | 'instrument' | 'instrumentId' | 'quantity'>;

export type MoveUnitsResult =
  /** It was sent, or is known not to have left; its state says which. */
  | { readonly kind: 'sent'; readonly transfer: Transfer }
  /** Recorded and not sent: sending was stopped meanwhile, or another invocation was first. A later check ends it. */
  | { readonly kind: 'not-claimed'; readonly transfer: Transfer }
  /** Nothing was recorded: the tick came twice, another transfer is not finished, or nothing may be sent. */
  | Exclude<CreateTransferOutcome, { readonly kind: 'created' }>
  /** Nothing was recorded: too little time is left. */
  | { readonly kind: 'no-time' };

/**
 * Asks the exchange once to move Units to consumption: signed, recorded, claimed, and only then sent, with one POST that
 * nothing repeats. Wherever this stops, the record tells the next balance check what to find out.
 *
 * @throws StoreUnavailableError if the record or the claim is in doubt; nothing was sent
 * @throws the key source's error if there is no usable signing key; nothing was recorded or sent
 */
export async function moveUnits(ports: MoveUnitsPorts, intent: MoveIntent): Promise<MoveUnitsResult> {
  const prepared = await ports.exchange.prepareTransfer(intent);
  if (ports.deadline - ports.clock.now() < timeNeededMs) return { kind: 'no-time' };

  const transfer = newTransfer(intent, ports.clock.now(), ports.nonce());
  const created = await ports.store.create(transfer);
  if (created.kind !== 'created') return created;
  ports.log.info('transfer-recorded', transferLogFields(transfer));

  const claimed = claimedBy(transfer, prepared, ports.clock.now());
  const claim = await ports.store.update(transfer, claimed);
  if (claim !== 'written') return { kind: 'not-claimed', transfer };
  const outcome = await send(ports, prepared);
  return { kind: 'sent', transfer: await recordOutcome(ports, claimed, outcome) };
}

function claimedBy(transfer: Transfer, { signedAt }: PreparedTransfer, now: number): Transfer {
  const notAfter = signedAt + verdictDelayMs;
  return moveTransfer(transfer, { state: 'SUBMITTED', signedAt, sentAt: now, notAfter }, now);
}

async function send(ports: MoveUnitsPorts, prepared: PreparedTransfer): Promise<TransferOutcome> {
  return ports.clock.now() - prepared.signedAt > oldestSignatureMs
    ? { kind: 'not-sent', code: 'signature-too-old' }
    : ports.exchange.sendTransfer(prepared);
}

/** Records the exchange's answer. If that fails the transfer stays claimed, and the next check finds out. */
async function recordOutcome(
  ports: MoveUnitsPorts,
  claimed: Transfer,
  outcome: TransferOutcome,
): Promise<Transfer> {
  const answered = moveTransfer(claimed, changesBy(outcome), ports.clock.now());
  try {
    const written = await ports.store.update(claimed, answered);
    if (written === 'written') {
      logAnswer(ports.log, answered);
      return answered;
    }
    if (written === 'exchange-id-taken') ports.log.error('exchange-id-taken', transferLogFields(answered));
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    ports.log.error('transfer-not-recorded-after-answer', transferLogFields(answered));
  }
  return claimed;
}

function changesBy(outcome: TransferOutcome): Partial<Transfer> {
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'DONE', exchangeTransferId: outcome.exchangeTransferId };
    case 'refused':
      return { state: 'REJECTED', reason: outcome.code, responseStatus: outcome.status };
    case 'not-sent':
      return { state: 'REJECTED', reason: outcome.code };
    case 'unknown':
      return { state: 'UNKNOWN', reason: outcome.code, responseStatus: outcome.status };
  }
}

/** A key or an account that is refused needs a person; other refusals and unclear answers need attention. */
function logAnswer(log: Log, transfer: Transfer): void {
  const fields = transferLogFields(transfer);
  if (transfer.responseStatus === 401 || transfer.responseStatus === 403)
    log.error('transfer-answered', fields);
  else if (transfer.state === 'DONE') log.info('transfer-answered', fields);
  else log.warn('transfer-answered', fields);
}

function newTransfer(intent: MoveIntent, now: number, nonce: string): Transfer {
  const { transferId, instrument, instrumentId, quantity } = intent;
  return {
    transferId,
    state: 'PENDING',
    confirmed: false,
    version: 1,
    nonce,
    instrument,
    instrumentId,
    quantity,
    exchangeTransferId: undefined,
    signedAt: undefined,
    sentAt: undefined,
    notAfter: undefined,
    misses: 0,
    missedAt: undefined,
    settledAt: undefined,
    reason: undefined,
    responseStatus: undefined,
    createdAt: now,
    updatedAt: now,
  };
}
