import * as v from 'valibot';
import { closeOpenBreaker, modeOfNewStage, readControl, setControl } from '../control/administration.ts';
import { readInput, reasonText } from '../input/read-input.ts';
import { fullTime } from '../output/times.ts';
import type { CommandRun } from '../session.ts';

const schema = v.object({ reason: reasonText, yes: v.optional(v.boolean(), false) });

/** Lets buying go on: closes the breaker, and sets the mode to LIVE. */
export const run: CommandRun = async (session, input) => {
  const { reason, yes } = readInput(input, [], schema);
  const target = await session.target();
  const { settings, breaker } = await readControl(target);
  const mode = settings?.mode ?? modeOfNewStage;
  const isLive = mode === 'LIVE';
  if (isLive && breaker === undefined) {
    return {
      data: { changed: false, mode, breaker: 'closed' },
      text: () => `Nothing to do: ${target.description} buys already.`,
    };
  }
  const steps = [
    ...(breaker === undefined
      ? []
      : [
          `close the breaker (${breaker.reason}, since ${fullTime(session.look, new Date(breaker.at).toISOString())})`,
        ]),
    ...(isLive ? [] : [`set the mode from ${mode} to LIVE`]),
  ];
  await session.confirm(`Let ${target.description} buy again: ${steps.join(' and ')}?`, yes);
  // First the mode: while the breaker is open it changes nothing.
  await setControl(target, { mode: 'LIVE', limits: settings?.limits ?? {} }, reason);
  if (breaker !== undefined) await closeOpenBreaker(target);
  return {
    data: {
      changed: true,
      mode: 'LIVE',
      modeBefore: mode,
      breaker: 'closed',
      breakerBefore: breaker ?? null,
      reason,
    },
    text: ({ paint }) =>
      `${paint.green('●')} ${target.description} buys again. The reason was kept: ${JSON.stringify(reason)}.`,
  };
};
