import { type Goal, isMet, type PartReport, type Table } from './report.ts';
import { cellText, figureText, limitText } from './words.ts';

/** Puts a report into a document, between its marks: `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`. */
export function intoDocument(document: string, report: PartReport): string {
  const [start, end] = [`<!-- bench:${report.name} -->`, `<!-- /bench:${report.name} -->`];
  const [before, rest] = document.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`The document has no place for ${report.name}: ${start} and ${end}.`);
  }
  return `${before}${start}\n\n${markdownOf(report)}\n\n${end}${after}`;
}

function markdownOf({ tables, goals }: PartReport): string {
  return [...tables.map(markdownOfTable), ...(goals.length === 0 ? [] : [markdownOfGoals(goals)])].join(
    '\n\n',
  );
}

function markdownOfTable({ title, columns, rows }: Table): string {
  const heads = columns.map(({ head }) => head);
  const lines = rows.map((cells) => columns.map((column) => cellText(cells[column.key], column)));
  const meanings = columns
    .filter(({ meaning }) => meaning !== '')
    .map(({ head, meaning }) => `*${head === '' ? 'all' : head}*: ${meaning}`);
  const legend = meanings.length === 0 ? [] : ['', `${meanings.join('; ')}.`];
  return [`${title}:`, '', row(heads), row(heads.map(alignment)), ...lines.map(row), ...legend].join('\n');
}

function markdownOfGoals(goals: readonly Goal[]): string {
  const heads = ['Goal', 'measured', 'limit', ''];
  const lines = goals.map((goal) => [goal.name, figureText(goal.measured), limitText(goal), verdict(goal)]);
  return [row(heads), row(heads.map(alignment)), ...lines.map(row)].join('\n');
}

function verdict(goal: Goal): string {
  const met = isMet(goal);
  return met === undefined ? 'not measured' : met ? 'met' : '**missed**';
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Names to the left, figures to the right. */
function alignment(_head: string, column: number): string {
  return column === 0 ? '---' : '--:';
}
