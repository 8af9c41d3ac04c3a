import type { PreparedTransfer, TransferOutcome, TransferToSend } from '../transfers/exchange-port.ts';
import { sendPost, signPost } from './signed-post.ts';
import type { SignedRequestTools } from './signed-requests.ts';
import { classifyTransfer } from './transfer-outcome.ts';
import { type QuantityEncoding, writeQuantity } from './write-quantity.ts';

/** How this exchange likes its transfers written, and where it lists them. */
export interface TransferDialect {
  readonly quantityEncoding: QuantityEncoding;
  /** Resource of the transfer history. The exchange's documents and its own client name it differently. */
  readonly transferHistory: 'transfer-histories' | 'transfers/histories';
}

const resource = 'transfers/trading-to-consumption';

/** Serialises and signs a transfer. */
export async function prepareTransfer(
  tools: SignedRequestTools,
  { quantityEncoding }: TransferDialect,
  { transferId, instrumentId, quantity }: TransferToSend,
): Promise<PreparedTransfer> {
  const body = JSON.stringify({
    instrument_id: instrumentId,
    quantity: writeQuantity(quantityEncoding, quantity),
  });
  return signPost(tools, { resource, body, reference: transferId });
}

/** Sends a prepared transfer, once, and says what came of it. */
export async function sendTransfer(
  tools: SignedRequestTools,
  prepared: PreparedTransfer,
): Promise<TransferOutcome> {
  const { result } = await sendPost(tools, resource, prepared);
  return classifyTransfer(result);
}
