import { firstMoment } from '../../local/backtest/calendar.ts';
import { startLocalService } from '../../local/service/start-local-service.ts';
import type { DrivenStack } from './pass-minute.ts';
import { stageEnvironment } from './stage-environment.ts';

const moreUsdThanAWeekCosts = '10000000';

interface DrivenStackOptions extends Omit<DrivenStack, 'service' | 'time'> {
  readonly assemblyDirectory: string;
  readonly onLog: (line: string) => void;
}

/** Starts the deployed bundles beside the simulator, both in simulated time. */
export async function startDrivenStack({
  assemblyDirectory,
  onLog,
  ...driven
}: DrivenStackOptions): Promise<DrivenStack> {
  const time = { now: firstMoment };
  const service = await startLocalService({
    assemblyDirectory,
    engine: 'dynoxide',
    time: () => time.now,
    environment: stageEnvironment(driven.applications.map(({ instrument }) => instrument)),
    onLog: (_function, line) => onLog(line),
    exchange: {
      sellers: false,
      usd: moreUsdThanAWeekCosts,
      clock: { mode: 'stepped', startAt: new Date(firstMoment).toISOString() },
      modes: { signatureClock: 'market' },
      signatureLibrary: 'node',
    },
  });
  return { ...driven, service, time };
}
