import type { Clock } from '../../shared/time/clock.ts';
import type {
  ExchangeTransfer,
  TransferExchange,
  TransferOutcome,
  TransferToSend,
} from '../../shared/transfers/exchange-port.ts';

/** An exchange for transfers that answers as it is told, and remembers what it was asked. */
export interface ScriptedTransfers extends TransferExchange {
  readonly sent: TransferToSend[];
  outcome: TransferOutcome | Error;
  prepareError: Error | undefined;
  /** What the history shows, or that it cannot be read. */
  history: ExchangeTransfer[] | Error;
  historyComplete: boolean;
  /** The times that listings were asked from. */
  readonly listedSince: number[];
}

export function createScriptedTransfers(clock: Pick<Clock, 'now'>): ScriptedTransfers {
  const prepared = new WeakMap<object, TransferToSend>();
  const exchange: ScriptedTransfers = {
    sent: [],
    outcome: { kind: 'accepted', exchangeTransferId: 'transfer_1' },
    prepareError: undefined,
    history: [],
    historyComplete: true,
    listedSince: [],
    prepareTransfer: async (transfer) => {
      if (exchange.prepareError !== undefined) throw exchange.prepareError;
      const signed = { signedAt: Math.floor(clock.now() / 1000) * 1000 };
      prepared.set(signed, transfer);
      return signed;
    },
    sendTransfer: async (signed) => {
      const transfer = prepared.get(signed);
      if (transfer === undefined) throw new Error('sent twice, or never prepared');
      prepared.delete(signed);
      exchange.sent.push(transfer);
      if (exchange.outcome instanceof Error) throw exchange.outcome;
      return exchange.outcome;
    },
    listTransfers: async (since) => {
      exchange.listedSince.push(since);
      if (exchange.history instanceof Error) throw exchange.history;
      return { transfers: exchange.history, complete: exchange.historyComplete };
    },
  };
  return exchange;
}
