import * as v from 'valibot';
import { planOn, writeOn } from '../control/change-settings.ts';
import { readInput, reasonText } from '../input/read-input.ts';
import { fullTime } from '../output/times.ts';
import type { CommandRun } from '../session.ts';

const schema = v.object({ reason: reasonText, yes: v.optional(v.boolean(), false) });

/** Lets buying go on: closes the breaker and sets the mode to LIVE, both or neither, and leaves all other settings. */
export const run: CommandRun = async (session, input) => {
  const { reason, yes } = readInput(input, [], schema);
  const target = await session.target();
  const plan = await planOn(target, { verb: 'mode', mode: 'LIVE' });
  const { breaker } = plan.found;
  const before = plan.before?.mode;
  if (before === 'LIVE' && breaker === undefined) {
    return {
      data: { changed: false, mode: before, breaker: 'closed' },
      text: () => `Nothing to do: ${target.description} buys already.`,
    };
  }
  const steps = [
    ...(breaker === undefined
      ? []
      : [
          `close the breaker (${breaker.reason}, since ${fullTime(session.look, new Date(breaker.at).toISOString())})`,
        ]),
    ...(before === 'LIVE' ? [] : [`set the mode from ${before} to LIVE`]),
  ];
  await session.confirm(`Let ${target.description} buy again: ${steps.join(' and ')}?`, yes);
  // Also where the mode stays: the history says who has closed the breaker, and why.
  const version = await writeOn(target, plan, { reason, closesBreaker: true });
  return {
    data: {
      changed: true,
      mode: 'LIVE',
      modeBefore: before,
      breaker: 'closed',
      breakerBefore: breaker ?? null,
      reason,
      version,
    },
    text: ({ paint }) =>
      `${paint.green('●')} ${target.description} buys again. The reason was kept: ${JSON.stringify(reason)}.`,
  };
};
