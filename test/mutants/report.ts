import { type FileScore, scoreSection } from './mutation-score.ts';
import { isFound, type MutantResult, type Verdict } from './try-mutant.ts';

export interface MutantReport {
  readonly results: readonly MutantResult[];
  readonly seeds: number;
  readonly seconds: number;
  /** Of mutation testing, if it has been run. */
  readonly scores: readonly FileScore[] | undefined;
}

/** A line for the screen. */
export function lineOf(result: MutantResult): string {
  const { mutant, alone, withoutSecondLayer } = result;
  const second =
    withoutSecondLayer === undefined ? '' : `; without its second layer: ${verdictText(withoutSecondLayer)}`;
  return `${isFound(result) ? 'found ' : 'MISSED'}  ${mutant.rule.padEnd(4)} ${mutant.name}: ${verdictText(alone)}${second}`;
}

/** The whole table as a markdown document. */
export function markdownOf({ results, seeds, seconds, scores }: MutantReport): string {
  const found = results.filter(isFound).length;
  const alone = results.filter(({ alone: verdict }) => verdict.seed !== undefined).length;
  return [
    '# What the tests would see',
    '',
    '## Rules of the design, taken away one by one',
    '',
    'Each row is the production code with one rule removed (`test/mutants/rules`), simulated until it broke a',
    `promise, at most ${seeds} seeds. ${alone} of ${results.length} fall alone; the others are kept by a second layer, and fall`,
    `when that is gone too. ${found} of ${results.length} found, in ${seconds.toFixed(0)} s. Written by \`npm run mutants -- --report docs/mutants.md\`.`,
    '',
    '| Rule | The service without it | Removed in | Class | Broken promise | Seed |',
    '|---|---|---|---|---|---|',
    ...results.flatMap(rowsOf),
    '',
    ...(scores === undefined ? [] : scoreSection(scores)),
  ].join('\n');
}

function rowsOf({ mutant, alone, withoutSecondLayer }: MutantResult): readonly string[] {
  const files = [...new Set(mutant.replacements.map(({ file }) => `\`${file}\``))].join(', ');
  const row = (name: string, verdict: Verdict): string =>
    `| ${[mutant.rule, name, files, mutant.faultClass, verdict.seed === undefined ? 'none' : verdict.invariant, verdict.seed ?? ''].join(' | ')} |`;
  const { secondLayer } = mutant;
  return withoutSecondLayer === undefined || secondLayer === undefined
    ? [row(mutant.name, alone)]
    : [
        row(`${mutant.name} (second layer: ${secondLayer.name})`, alone),
        row('… and without the second layer', withoutSecondLayer),
      ];
}

function verdictText(verdict: Verdict): string {
  return verdict.seed === undefined
    ? 'survives'
    : `${verdict.invariant} at seed ${verdict.seed} (${verdict.finding})`;
}
