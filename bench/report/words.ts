import type { Cell, Column, Goal } from './report.ts';

/** What a cell says. */
export function cellText(value: Cell, { places = 0 }: Pick<Column, 'places'>): string {
  if (value === undefined) return '-';
  return typeof value === 'string' ? value : value.toFixed(places);
}

/** What a figure of a goal says. */
export function figureText(value: number | undefined): string {
  if (value === undefined) return '-';
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

/** What a goal asks for. */
export function limitText({ sense, limit }: Goal): string {
  return `${sense === 'at-least' ? '>=' : '<='} ${figureText(limit)}`;
}
