import { afterAll, beforeAll } from 'vitest';
import type { ModesChange } from '../../local/exchange/modes.ts';
import type { StackOptions } from '../../local/runner/stack-options.ts';
import { type LocalService, startLocalService } from '../../local/service/start-local-service.ts';
import { assemblyDirectory } from '../global-setup.ts';

/** The service under test and everything that its functions have logged. */
export interface ServiceUnderTest {
  readonly service: LocalService;
  readonly logLines: string[];
}

/**
 * Starts the service for the tests of a file: the deployed bundles under AWS's runtime client, a real DynamoDB
 * engine, the simulator with a fixed book. Schedules fire only when a test says so.
 */
export function useLocalService(
  options: Partial<Omit<StackOptions, 'environment'>> & {
    modes?: ModesChange;
    environment?: Readonly<Record<string, string>>;
  } = {},
): () => ServiceUnderTest {
  let current: ServiceUnderTest | undefined;
  const logLines: string[] = [];
  const { modes = {}, ...stackOptions } = options;
  beforeAll(async () => {
    const service = await startLocalService({
      assemblyDirectory,
      engine: 'dynoxide',
      exchange: { sellers: false, modes, usd: '100000' },
      onLog: (_function, line) => logLines.push(line),
      ...stackOptions,
    });
    current = { service, logLines };
  });
  afterAll(async () => current?.service.close());
  return () => {
    if (current === undefined) throw new Error('The service is up only while tests run.');
    return current;
  };
}
