import type { RunFigures } from '../../local/backtest/measures/run-figures.ts';
import { policies } from '../../local/backtest/policies/catalogue.ts';
import { runBacktest } from '../../local/backtest/run-backtest.ts';
import { type Conditions, usualConditions } from '../../local/backtest/simulate/conditions.ts';
import { drawFailures } from '../../local/backtest/simulate/failures.ts';
import { type Application, chooseApplications } from './applications.ts';
import { drawLateness } from './lateness.ts';
import { Meter } from './meter.ts';
import { type DrivenStack, passMinute } from './pass-minute.ts';
import { startDrivenStack } from './start-driven-stack.ts';

/** What is to be run. */
export interface WeekOptions {
  /** Folder with the synthesized stack. */
  readonly assemblyDirectory: string;
  /** Simulated minutes. */
  readonly minutes: number;
  /** Those of them, at the start, that are not scored. */
  readonly learningMinutes: number;
  /** Called after each simulated minute. */
  readonly onMinute?: () => void;
}

/** One application, served by the deployed function and by the backtest. */
export interface Pair {
  readonly application: Application;
  readonly stack: RunFigures;
  readonly backtest: RunFigures;
}

/** Both runs, and what else must hold. */
export interface WeekResult {
  readonly pairs: readonly Pair[];
  /** What the functions logged at level ERROR. */
  readonly errors: readonly string[];
  /** Whether no Unit and no USD has appeared or vanished at the exchange. */
  readonly isConserved: boolean;
}

/**
 * Runs the deployed bundles through simulated minutes, and the backtest on the same demand, markets and failures.
 *
 * @throws ReviewError if a function fails, and whatever keeps the stack from starting
 */
export async function runWeek(options: WeekOptions): Promise<WeekResult> {
  const { assemblyDirectory, minutes, learningMinutes } = options;
  const applications = chooseApplications(minutes);
  const conditions: Conditions = {
    ...usualConditions,
    learningMinutes,
    instruments: applications.length,
  };
  const errors: string[] = [];
  const stack = await startDrivenStack({
    assemblyDirectory,
    applications,
    isLost: drawFailures(conditions, conditions.reviewEvery, minutes).isLost,
    lateness: drawLateness(minutes),
    onLog: (line) => {
      if (line.includes('"level":"ERROR"')) errors.push(line);
    },
  });
  try {
    const meters = await drive(stack, options);
    const pairs = meters.map((meter) => pairOf(meter, conditions));
    return { pairs, errors, isConserved: stack.service.exchange.admin.truth().conserved };
  } finally {
    await stack.service.close();
  }
}

async function drive(stack: DrivenStack, options: WeekOptions): Promise<readonly Meter[]> {
  const { minutes, learningMinutes, onMinute } = options;
  const { applications, service } = stack;
  let meters: readonly Meter[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    if (minute === learningMinutes) {
      meters = applications.map((one) => new Meter(one, service.exchange.admin, learningMinutes));
    }
    const refused = await passMinute(stack, minute);
    for (const meter of meters.filter(({ application }) => refused.includes(application))) {
      meter.countRefusal(minute);
    }
    onMinute?.();
  }
  return meters;
}

function pairOf(meter: Meter, options: Conditions): Pair {
  const { demand, book: market } = meter.application;
  return {
    application: meter.application,
    stack: meter.figures(),
    backtest: runBacktest({ demand, market, policy: policies.adaptive, options }),
  };
}
