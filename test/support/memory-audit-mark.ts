import type { AuditMark, AuditProgress } from '../../shared/orders/audit-orders.ts';

/**
 * The item that says how far audits have come.
 *
 * @param time when the stage began and how far it has come; nothing has happened yet if undefined
 */
export function memoryMark(time?: number): AuditMark {
  let progress: AuditProgress | undefined = time === undefined ? undefined : { beganAt: time, upTo: time };
  return {
    read: async () => progress,
    write: async (next) => {
      progress = next;
    },
  };
}
