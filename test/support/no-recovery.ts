import type { Recovery } from '../../shared/orders/recovery.ts';

/** Records that were never restored from a backup. */
export const noRecovery: Recovery = {
  isUnderWay: async () => false,
  marketOf: () => undefined,
  nonce: () => 'nonce',
};
