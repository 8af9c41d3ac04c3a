import { runBacktestProgram } from './program.ts';

try {
  process.exitCode = await runBacktestProgram(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
