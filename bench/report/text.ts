import pc from 'picocolors';
import { alignColumns } from '../../local/terminal/align-columns.ts';
import { type Cell, type Column, type Goal, isMet, type PartReport, type Table } from './report.ts';

/** A report for people: tables, what their columns mean, and the goals. */
export function textOf({ title, tables, goals }: PartReport): string {
  const blocks = tables.map(textOfTable);
  if (goals.length > 0) blocks.push(textOfGoals(goals));
  return [pc.bold(title), ...blocks].join('\n\n');
}

function textOfTable({ title, columns, rows }: Table): string {
  const heads = columns.map(({ head }) => head);
  const body = rows.map((row) => columns.map((column) => textOfCell(row[column.key], column)));
  const legend = columns
    .filter(({ meaning }) => meaning !== '')
    .map(({ head, meaning }) => pc.dim(`  ${head}: ${meaning}`));
  return [title, ...alignColumns([heads, ...body], 1), ...legend].join('\n');
}

function textOfCell(value: Cell, { places = 0 }: Column): string {
  if (value === undefined) return '-';
  return typeof value === 'string' ? value : value.toFixed(places);
}

function textOfGoals(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => [
    goal.name,
    goal.measured === undefined ? '-' : figure(goal.measured),
    `${goal.sense === 'at-least' ? '>=' : '<='} ${figure(goal.limit)}`,
    verdict(goal),
  ]);
  return ['Goals', ...alignColumns([['', 'measured', 'goal', ''], ...rows], 1)].join('\n');
}

function verdict(goal: Goal): string {
  const met = isMet(goal);
  if (met === undefined) return pc.yellow('not measured');
  return met ? pc.green('met') : pc.red('missed');
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
