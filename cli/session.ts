import type { Look } from './output/look.ts';
import type { Target } from './target/target.ts';

/** What was typed: arguments in their order, options by name. */
export interface Input {
  readonly args: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a command gives back: for programs and for people. */
export interface Answer {
  /** Printed as JSON with `--json`. The fields are documented and stay. */
  readonly data: unknown;
  readonly text: (look: Look) => string;
  /** @default 0 */
  readonly exitCode?: number;
}

/** What a command works with. */
export interface Session {
  /** Whether a program reads along. */
  readonly isJson: boolean;
  /** Where grid-buyer runs that this is about. @throws Failure if it cannot be told, or found */
  readonly target: () => Promise<Target>;
  /** Shows what is waited for, where a person watches. */
  readonly waitFor: <T>(words: string, work: () => Promise<T>) => Promise<T>;
  /**
   * Asks the person whether to go on.
   *
   * @throws Failure `declined` if they do not want to, or there is nobody to ask
   */
  readonly confirm: (question: string, isAgreed: boolean) => Promise<void>;
  /** Tells a person something beside the answer, on standard error. */
  readonly tell: (text: (look: Look) => string) => void;
  /** Prints an answer before the command ends, for commands that go on. */
  readonly print: (answer: Answer) => void;
  /** How output looks, for commands that draw themselves. */
  readonly look: Look;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** A command. */
export type CommandRun = (session: Session, input: Input) => Promise<Answer | undefined>;
