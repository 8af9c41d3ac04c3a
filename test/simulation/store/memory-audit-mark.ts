import type { AuditMark } from '../../../shared/orders/audit-orders.ts';

/** The item that says up to when the exchange's orders have been audited. */
export function createMemoryAuditMark(): AuditMark {
  let mark: number | undefined;
  return {
    read: async () => mark,
    write: async (upTo) => {
      mark = upTo;
    },
  };
}
