import * as v from 'valibot';
import { Failure } from '../failure.ts';
import { readInput, secondsText } from '../input/read-input.ts';
import type { Answer, CommandRun, Session } from '../session.ts';
import { pause } from '../wait.ts';
import { drawsCharts, look } from './status.ts';

const schema = v.object({ interval: secondsText(1, 3_600) });

/** The status, again and again: drawn over itself on a terminal, below each other elsewhere. */
export const run: CommandRun = async (session, input) => {
  const { interval } = readInput(input, [], schema);
  const target = await session.target();
  const isTerminal = process.stdout.isTTY;
  if (isTerminal) process.stdout.write('\u001b[2J');
  while (!session.interrupted.aborted) {
    const answer = await look(target, drawsCharts(session)).catch(notReached);
    if (session.isJson) process.stdout.write(`${JSON.stringify(answer.data)}\n`);
    else process.stdout.write(isTerminal ? redrawn(answer, session) : `${answer.text(session.look)}\n\n`);
    await pause(interval * 1_000, session.interrupted);
  }
  return undefined;
};

/** What passes does not end the watching; what does not pass, does. */
function notReached(error: unknown): Answer {
  if (!(error instanceof Failure) || error.kind !== 'unavailable') throw error;
  const { message, details } = error;
  return {
    data: { error: { kind: error.kind, message, why: details.why } },
    text: ({ paint }) => paint.yellow(`${message} ${details.why ?? ''}\nTrying again.`),
  };
}

/** From the top, each line cleared to its end, and below the last one everything. */
function redrawn(answer: Answer, { look: terminal }: Session): string {
  // What does not fit would scroll the rest away.
  const lines = answer
    .text(terminal)
    .split('\n')
    .slice(0, process.stdout.rows - 3);
  const text = [...lines, '', terminal.paint.dim('Ctrl-C ends.')].join('\u001b[K\n');
  return `\u001b[H${text}\u001b[K\u001b[J\n`;
}
