import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const projectFolder = resolve(import.meta.dirname, '../..');

/** A finished program. */
export interface ProgramResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProgram {
  readonly child: ChildProcess;
  /** Resolves with the output so far once it holds this. */
  until(pattern: RegExp): Promise<string>;
  readonly result: Promise<ProgramResult>;
}

/** Starts a program of the project under this Node. */
export function startProgram(
  file: string,
  args: readonly string[],
  cwd = projectFolder,
  env: NodeJS.ProcessEnv = process.env,
): RunningProgram {
  return startCommand(process.execPath, [resolve(projectFolder, file), ...args], { cwd, env });
}

/** Starts any command and collects what it prints. One that is asked something can be answered by its `stdin`. */
export function startCommand(
  command: string,
  args: readonly string[],
  {
    isAsked = false,
    ...options
  }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly isAsked?: boolean } = {},
): RunningProgram {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
  if (!isAsked) child.stdin.end();
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
    for (const watch of watchers) watch();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const result = new Promise<ProgramResult>((done, fail) => {
    child.on('error', fail);
    child.on('close', (exitCode) => done({ exitCode, stdout, stderr }));
  });
  const until = (pattern: RegExp): Promise<string> =>
    new Promise((done, fail) => {
      const watch = (): void => {
        if (!pattern.test(stdout)) return;
        watchers.delete(watch);
        done(stdout);
      };
      watchers.add(watch);
      watch();
      result.then(() => fail(new Error(`ended without ${String(pattern)}: ${stdout}${stderr}`)), fail);
    });
  return { child, until, result };
}
