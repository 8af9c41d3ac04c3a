import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { synthesize } from '../local/service/synthesize.ts';
import { type BenchCommand, readCommandLine, UsageError } from './command-line.ts';
import { parts } from './parts.ts';
import { intoDocument } from './report/document.ts';
import { isMet, type PartReport } from './report/report.ts';
import { textOf } from './report/text.ts';

const projectFolder = resolve(import.meta.dirname, '..');
const assemblyFolder = resolve(projectFolder, '.local/bench/cdk.out');
/** Exit code for a wrong command line, as is customary. */
const wrongUsage = 2;

const usage = `Measures what the service takes. Docs: docs/performance.md

  npm run bench                     everything
  npm run bench -- NAME ...         these parts only
  npm run bench -- --runs N         so many fresh processes of each kind (default: 15)
  npm run bench -- --json           figures as JSON
  npm run bench -- --write          figures into docs/performance.md, too

Parts
${parts.map(({ name, title }) => `  ${name.padEnd(12)} ${title}`).join('\n')}
`;

/** `npm run bench`: exit code 1 if a goal is missed. */
async function main(argv: readonly string[]): Promise<number> {
  const command = readCommand(argv);
  if (command === undefined) return wrongUsage;
  if (command.help) {
    process.stdout.write(usage);
    return 0;
  }
  const reports = await run(command);
  if (command.json) process.stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
  return reports.flatMap(({ goals }) => goals).some((goal) => isMet(goal) === false) ? 1 : 0;
}

function readCommand(argv: readonly string[]): BenchCommand | undefined {
  try {
    return readCommandLine(
      argv,
      parts.map(({ name }) => name),
    );
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    return undefined;
  }
}

async function run({ names, runs, json, write }: BenchCommand): Promise<PartReport[]> {
  let assembly: Promise<string> | undefined;
  const reports: PartReport[] = [];
  for (const part of parts.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const report = await part.run({
      runs,
      assemblyDirectory: () => (assembly ??= synthesized()),
      onProgress: (text) => showProgress(`${part.name}: ${text}`),
    });
    showProgress('');
    if (!json) process.stdout.write(`${textOf(report)}\n\n`);
    if (write) await writeDocument(report);
    reports.push(report);
  }
  return reports;
}

async function synthesized(): Promise<string> {
  showProgress('synthesizing the stack');
  await synthesize(projectFolder, assemblyFolder, 'example');
  return assemblyFolder;
}

async function writeDocument(report: PartReport): Promise<void> {
  const file = resolve(projectFolder, 'docs/performance.md');
  await writeFile(file, intoDocument(await readFile(file, 'utf8'), report));
}

/** One line that changes, where somebody watches. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}

process.exitCode = await main(process.argv.slice(2));
