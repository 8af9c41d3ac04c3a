import type { PlannedChange } from '../../local/administration/plan-change.ts';
import { type SettingDifference, wordsOf } from '../../shared/settings/differences.ts';
import type { Look } from '../output/look.ts';
import { table } from '../output/table.ts';

/** What differs, and what of it lets more be bought. */
export function drawDifferences(
  { differences, raises }: Pick<PlannedChange, 'differences' | 'raises'>,
  look: Look,
): string {
  return [
    differenceTable(differences, look),
    ...(raises.length === 0 ? [] : ['', look.paint.yellow('More may be bought than before:')]),
    ...raises.map((raise) => `  - ${raise}`),
  ].join('\n');
}

/** Settings that differ, below each other. */
export function differenceTable(differences: readonly SettingDifference[], look: Look): string {
  return table(
    differences,
    [
      { title: 'SETTING', cell: ({ path }) => path },
      { title: 'BEFORE', cell: ({ before }) => wordsOf(before), paint: look.paint.dim },
      { title: 'AFTER', cell: ({ after }) => wordsOf(after), paint: look.paint.bold },
    ],
    look,
  );
}

/** A difference for programs: `before` and `after` are null where there is none. */
export function differenceView({ path, before, after }: SettingDifference): object {
  return { path, before: before ?? null, after: after ?? null };
}
