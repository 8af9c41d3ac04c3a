import type { StepResult } from './run-steps.ts';
import { dialectOf } from './run-steps.ts';

interface ReportHead {
  readonly at: Date;
  readonly stage: string;
  readonly exchange: string;
  readonly market: string;
}

/** What was found, for people, with the settings for the stage's file. No key, no signature, no order of anybody. */
export function writeReport(head: ReportHead, results: readonly StepResult[]): string {
  const dialect = dialectOf(results);
  return [
    '# Contract tests',
    '',
    `${head.at.toISOString()}, stage ${head.stage}, ${head.market} at ${head.exchange}`,
    ...results.flatMap(({ step, findings }) => [
      '',
      `## ${step}`,
      '',
      ...findings.map(
        ({ question, answer, isFine }) => `- ${isFine ? '' : '**Look at this.** '}${question} ${answer}`,
      ),
    ]),
    '',
    '## Settings',
    '',
    'For `exchange.dialect` in the stage’s file:',
    '',
    '```json',
    JSON.stringify(dialect, null, 2),
    '```',
    '',
  ].join('\n');
}
