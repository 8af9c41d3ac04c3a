import { type FunctionPlace, MeasuredFunction, type Usage } from './measured-function.ts';

/** What is started, and with which events. */
export interface Subject {
  readonly place: FunctionPlace;
  readonly event: () => unknown;
  /** Whether it has done what it is measured for. */
  readonly isRight: (answer: unknown) => boolean;
}

/** One fresh process: its start and its first two invocations. */
export interface ColdRun {
  readonly init: Usage;
  readonly first: Usage;
  readonly second: Usage;
}

/**
 * Starts a function and invokes it twice.
 *
 * @param throttle where its process writes its id to be slowed down once it has started; undefined for full speed
 * @throws Error if an answer is not the right one: a refusal is quicker than an order
 */
export async function runCold(subject: Subject, throttle: string | undefined): Promise<ColdRun> {
  const { started, init } = await MeasuredFunction.start({ ...subject.place, throttle });
  try {
    const first = await invokeRightly(started, subject);
    const second = await invokeRightly(started, subject);
    return { init, first, second };
  } finally {
    await started.close();
  }
}

/** Invokes it once. @throws Error if the answer is not the right one */
export async function invokeRightly(
  started: MeasuredFunction,
  { event, isRight }: Omit<Subject, 'place'>,
): Promise<Usage> {
  const { payload, usage } = await started.invoke(event());
  if (!isRight(payload)) throw new Error(`The function has answered ${JSON.stringify(payload)}`);
  return usage;
}
