import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';
import { canAsk, lookOf } from './output/look.ts';
import { withProgress } from './output/progress.ts';
import { fields, wrap } from './output/text.ts';
import type { Answer, CommandRun, Input, Session } from './session.ts';
import { findTarget } from './target/find-target.ts';

/** Runs a command and prints what it answers. */
export async function runCommand(run: CommandRun, input: Input): Promise<void> {
  const session = openSession(input);
  const answer = await run(session, input);
  if (answer === undefined) return;
  session.print(answer);
  process.exitCode = answer.exitCode ?? 0;
}

function openSession({ options }: Input): Session {
  const isJson = options['json'] === true;
  const look = lookOf(process.stdout, process.env);
  let target: ReturnType<typeof findTarget> | undefined;
  let interrupted: AbortSignal | undefined;
  return {
    isJson,
    look,
    target: () => {
      target ??= findTarget(options, process.env);
      return target;
    },
    waitFor: (words, work) => withProgress(process.stderr, words, work),
    confirm,
    tell: (text) => {
      if (!isJson) process.stderr.write(`${text(lookOf(process.stderr, process.env))}\n`);
    },
    print: (answer) => print(answer, isJson, look),
    // Asked for by commands that wait; the others just end.
    get interrupted() {
      interrupted ??= interruption();
      return interrupted;
    },
  };
}

function print({ data, text }: Answer, isJson: boolean, look: Session['look']): void {
  process.stdout.write(`${isJson ? JSON.stringify(data, undefined, 2) : text(look).trimEnd()}\n`);
}

async function confirm(question: string, isAgreed: boolean): Promise<void> {
  if (isAgreed) return;
  if (!canAsk()) {
    throw new Failure('declined', 'This needs a yes, and there is nobody to ask.', {
      why: question,
      todo: 'Say --yes if you are sure.',
    });
  }
  const { confirm: ask } = await import('@clack/prompts');
  // Standard output is for the answer.
  const answer = await ask({ message: question, initialValue: false, output: process.stderr });
  if (answer !== true) throw new Failure('declined', 'Nothing was done.');
}

/** A first Ctrl-C lets a command end well, a second one ends it at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
    process.once('SIGINT', () => process.exit(128 + 2));
  });
  return controller.signal;
}

/** Says on standard error what went wrong, and sets the exit code. */
export function reportFailure(error: unknown, isJson: boolean): void {
  const failure = error instanceof Failure ? error : unexpected(error);
  process.exitCode = exitCodes[failure.kind];
  process.stderr.write(`${isJson ? jsonOf(failure) : textOf(failure)}\n`);
}

const indent = ' '.repeat('error: '.length);

/** Its message may quote what came from outside; its name does not. */
function unexpected(error: unknown): Failure {
  const name = error instanceof Error ? error.name : 'unknown';
  const where =
    error instanceof Error ? error.stack?.split('\n').find((line) => /^\s+at /.test(line)) : undefined;
  return new Failure('failed', 'Something went wrong that should not.', {
    why: `${name}${where === undefined ? '' : ` ${where.trim()}`}`,
    todo: 'Run it again; if it happens again, report it with this line.',
  });
}

function jsonOf({ kind, message, details }: Failure): string {
  const { code = kind, why, todo, problems, data } = details;
  return JSON.stringify({ error: { kind, code, message, why, todo, problems, ...data } }, undefined, 2);
}

function textOf({ message, details }: Failure): string {
  const { paint, columns } = lookOf(process.stderr, process.env);
  const { why, todo, problems = [] } = details;
  const advice = [
    ...(why === undefined ? [] : [['  why:', why] as const]),
    ...(todo === undefined ? [] : [['  do:', todo] as const]),
  ];
  return [
    `${paint.red(paint.bold('error:'))} ${wrap(message, columns - indent.length).join(`\n${indent}`)}`,
    ...problems.map((problem) => `  - ${problem}`),
    ...(advice.length === 0 ? [] : [fields(advice, columns, paint.dim)]),
  ].join('\n');
}
