import { defineConfig } from 'vitest/config';

/** The tests that mutation testing runs: those of the code that it changes, and none that start a service. */
export default defineConfig({
  test: {
    include: [
      'test/shared/ledger/*.test.ts',
      'test/shared/orders/*.test.ts',
      'test/shared/exchange/placement-*.test.ts',
      'test/shared/exchange/send-order.test.ts',
      'test/shared/store/budget-items.test.ts',
      'test/shared/store/order-store.test.ts',
    ],
    setupFiles: ['test/setup.ts'],
    expect: { requireAssertions: true },
    testTimeout: 30_000,
  },
});
