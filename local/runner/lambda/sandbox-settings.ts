import type { FunctionAccess } from './sandbox-environment.ts';

/** What every sandbox of one function shares. */
export interface SandboxSettings {
  readonly region: string;
  readonly access: FunctionAccess;
  /** Environment variables that win over the template's. */
  readonly overrides: Readonly<Record<string, string>>;
  /** Stop the process between events, as Lambda does. */
  readonly freeze: boolean;
  /** The time in which the function lives, ms since the epoch; the computer's own if it is undefined. */
  readonly time: (() => number) | undefined;
  /** Gets each line that the function writes. */
  readonly onLine: (line: string) => void;
}
