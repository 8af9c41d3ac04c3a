import type { PartReport } from './report/report.ts';

/** How a part of the bench is run. */
export interface BenchSettings {
  /** How many fresh processes of each kind. */
  readonly runs: number;
  /** The stack as it would be deployed; synthesized when it is first asked for. */
  readonly assemblyDirectory: () => Promise<string>;
  /** Tells people how far it is. */
  readonly onProgress: (text: string) => void;
}

/** A part of the bench, which can be run by itself. */
export interface Part {
  readonly name: string;
  /** What it measures, for the help text. */
  readonly title: string;
  run(settings: BenchSettings): Promise<PartReport>;
}
