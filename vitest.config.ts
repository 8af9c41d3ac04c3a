import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Whatever is waited for may have to start a function first, on a machine that is busy.
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
    // Two at a time on two processors, and modules loaded once by each: nothing in the tests changes what another one sees.
    maxWorkers: '100%',
    isolate: false,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    env: { CDK_VALIDATION: 'false' },
  },
});
