import pc from 'picocolors';
import { alignColumns } from '../../local/terminal/align-columns.ts';
import { type Goal, isMet, type PartReport, type Table } from './report.ts';
import { cellText, figureText, limitText } from './words.ts';

/** A report for people: tables, what their columns mean, and the goals. */
export function textOf({ title, tables, goals }: PartReport): string {
  const blocks = tables.map(textOfTable);
  if (goals.length > 0) blocks.push(textOfGoals(goals));
  return [pc.bold(title), ...blocks].join('\n\n');
}

function textOfTable({ title, columns, rows }: Table): string {
  const heads = columns.map(({ head }) => head);
  const body = rows.map((row) => columns.map((column) => cellText(row[column.key], column)));
  const legend = columns
    .filter(({ meaning }) => meaning !== '')
    .map(({ head, meaning }) => pc.dim(`  ${head}: ${meaning}`));
  return [title, ...alignColumns([heads, ...body], 1), ...legend].join('\n');
}

function textOfGoals(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => [goal.name, figureText(goal.measured), limitText(goal), verdict(goal)]);
  return ['Goals', ...alignColumns([['', 'measured', 'goal', ''], ...rows], 1)].join('\n');
}

function verdict(goal: Goal): string {
  const met = isMet(goal);
  if (met === undefined) return pc.yellow('not measured');
  return met ? pc.green('met') : pc.red('missed');
}
