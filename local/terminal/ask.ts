import { createInterface } from 'node:readline/promises';
import { isatty } from 'node:tty';

/** Whether a person can be asked. */
export function isInteractive(): boolean {
  return isatty(0) && isatty(1);
}

/** Asks the person at the terminal; what they type, without white space around it. */
export async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}
