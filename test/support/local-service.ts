import { afterAll, beforeAll, expect } from 'vitest';
import type { ModesChange } from '../../local/exchange/modes.ts';
import type { AccessDenial } from '../../local/runner/access/access-request.ts';
import type { StackOptions } from '../../local/runner/stack-options.ts';
import { type LocalService, startLocalService } from '../../local/service/start-local-service.ts';
import { assemblyDirectory } from '../global-setup.ts';
import { conformingApi } from './conforming-api.ts';

/** The service under test and everything that its functions have logged. */
export interface ServiceUnderTest {
  readonly service: LocalService;
  readonly logLines: string[];
  /** What functions were refused because no policy allows it. */
  readonly denials: AccessDenial[];
}

/**
 * Starts the service for the tests of a file: the deployed bundles under AWS's runtime client, a real DynamoDB
 * engine, the simulator with a fixed book. Every answer of the API must be as its document says. Schedules fire only when a test says so. What a role does not allow fails the
 * file, also where the code goes on without it.
 */
export function useLocalService(
  options: Partial<Omit<StackOptions, 'environment'>> & {
    modes?: ModesChange;
    environment?: Readonly<Record<string, string>>;
    /** The tests have something denied, and look at the denials themselves. */
    expectDenials?: boolean;
  } = {},
): () => ServiceUnderTest {
  let current: ServiceUnderTest | undefined;
  const logLines: string[] = [];
  const denials: AccessDenial[] = [];
  const { modes = {}, expectDenials = false, ...stackOptions } = options;
  beforeAll(async () => {
    const service = await startLocalService({
      assemblyDirectory,
      engine: 'dynoxide',
      exchange: { sellers: false, modes, usd: '100000' },
      onLog: (_function, line) => logLines.push(line),
      ...stackOptions,
      onEvent: (event) => {
        if (event.type === 'access-denied') denials.push(event);
        stackOptions.onEvent?.(event);
      },
    });
    current = { service: { ...service, api: conformingApi(service.api) }, logLines, denials };
  });
  afterAll(async () => {
    await current?.service.close();
    if (!expectDenials) expect(denials).toEqual([]);
  });
  return () => {
    if (current === undefined) throw new Error('The service is up only while tests run.');
    return current;
  };
}
