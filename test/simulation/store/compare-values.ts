import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** What each sign says of the order of two values. */
export const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Values of different types are never equal, nor one before the other. */
export function compareValues(a: AttributeValue, b: AttributeValue): number {
  if (a.N !== undefined && b.N !== undefined) return compare(BigInt(a.N), BigInt(b.N));
  if (a.S !== undefined && b.S !== undefined) return compare(a.S, b.S);
  if (a.BOOL !== undefined && b.BOOL !== undefined) return compare(Number(a.BOOL), Number(b.BOOL));
  return Number.NaN;
}

function compare<T extends bigint | string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
