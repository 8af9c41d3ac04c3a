import { type Command, CommanderError } from 'commander';
import { createProgram } from './program.ts';

// Whoever reads along may stop reading, as head does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const words = process.argv.slice(2);

try {
  const program = createProgram();
  await addCompletion(program);
  await program.parseAsync(words.length === 0 ? ['--help'] : words, { from: 'user' });
} catch (error) {
  const isHelp = error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help');
  if (!isHelp) {
    const { reportFailure } = await import('./run-command.ts');
    reportFailure(await asFailure(error), words.includes('--json'));
  }
}

/** Completion walks through all commands, so it is loaded only for those who ask for it. */
async function addCompletion(program: Command): Promise<void> {
  if (words.includes('completion') || words.includes('complete')) {
    const completion = await import('./commands/completion.ts');
    completion.addCompletion(program);
    return;
  }
  program.command('completion').description('Print a script that completes commands in bash, zsh or fish');
}

/** What commander finds wrong is wrong usage. */
async function asFailure(error: unknown): Promise<unknown> {
  if (!(error instanceof CommanderError)) return error;
  const { Failure } = await import('./failure.ts');
  const [what = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}`.replace(/\.?$/, '.');
  const hint = more.join(' ').trim();
  return new Failure('usage', sentence, {
    todo: `${hint === '' ? '' : `${hint} `}See grid-buyer --help, or grid-buyer COMMAND --help.`,
  });
}
