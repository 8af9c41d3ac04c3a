/** The sections of the runbook, as their headings are linked to. A test keeps the two the same. */
export const runbookSections = [
  'no-check-completes',
  'breaker-open',
  'checks-not-delivered',
  'checks-not-run',
  'order-unclear',
  'check-fails',
  'top-up-blocked',
  'budget-nearly-used',
  'orders-refused',
  'order-abandoned',
  'budget-mostly-spent',
  'orders-not-compared',
  'function-errors',
  'function-throttled',
  'api-server-errors',
  'clock-off',
  'units-in-trading',
  'transfer-unclear',
] as const;

export type RunbookSection = (typeof runbookSections)[number];

/** Where a section is, from the root of the repository. */
export function runbookLink(section: RunbookSection): string {
  return `docs/operations.md#${section}`;
}
