import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';

/**
 * Reads the list of process groups from standard input, one whole list a line, and kills the last list
 * when the input ends. The input ends when this process ends, however it ends.
 */
const script = [
  "trap '' INT TERM HUP",
  'while IFS= read -r line; do groups=$line; done',
  '[ -n "$groups" ] && kill -s KILL -- $groups',
].join('\n');

/**
 * Kills our child processes when this process dies, even by SIGKILL.
 * A handler for `exit` or signals cannot do that, and a frozen child (SIGSTOP) notices nothing by itself.
 */
class Guardian {
  #groups = new Set<number>();
  #shell: ChildProcess | undefined;

  watch(processId: number): void {
    this.#groups.add(processId);
    this.#report();
  }

  forget(processId: number): void {
    this.#groups.delete(processId);
    this.#report();
  }

  #report(): void {
    this.#shell ??= startShell();
    const list = [...this.#groups].map((processId) => `-${processId}`).join(' ');
    this.#shell.stdin?.write(`${list}\n`);
  }
}

/** Detached, so that Ctrl-C in the terminal does not reach it before it has done its work. */
function startShell(): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.on('error', () => {});
  shell.stdin?.on('error', () => {});
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return shell;
}

export const guardian = new Guardian();
