/** A column of a table. */
export interface Column {
  readonly key: string;
  readonly head: string;
  /** What the figures mean and their unit, for the legend. */
  readonly meaning: string;
  /** Decimal places of its numbers. @default 0 */
  readonly places?: number;
}

/** A cell: a name, a figure, or nothing where it could not be measured. */
export type Cell = string | number | undefined;

/** Figures by the key of their column. */
export type Row = Readonly<Record<string, Cell>>;

/** What was measured of one thing. */
export interface Table {
  readonly title: string;
  /** The first names the row. */
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** A figure that is to stay below, or above, a limit. */
export interface Goal {
  readonly name: string;
  readonly limit: number;
  /** @default 'at-most' */
  readonly sense?: 'at-most' | 'at-least';
  /** Undefined if it could not be measured here. */
  readonly measured: number | undefined;
}

/** What one part of the bench has found. */
export interface PartReport {
  readonly name: string;
  readonly title: string;
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
}

/** Whether a goal is met; undefined if it could not be measured. */
export function isMet({ limit, sense = 'at-most', measured }: Goal): boolean | undefined {
  if (measured === undefined) return undefined;
  return sense === 'at-most' ? measured <= limit : measured >= limit;
}
