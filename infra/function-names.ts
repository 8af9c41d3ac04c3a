/**
 * The functions of the service. Each lives in `functions/<name>/handler.ts`, which exports `handler`; bundles,
 * constructs and tests all go by this list.
 */
export const functionNames = [
  'place-order',
  'read-orders',
  'cancel-order',
  'read-balances',
  'check-balances',
  'stop',
  'make-reservation',
  'read-reservations',
  'cancel-reservation',
  'read-decisions',
  'read-status',
  'check-now',
  'answer-unknown',
  'promote-key',
] as const;

export type FunctionName = (typeof functionNames)[number];
