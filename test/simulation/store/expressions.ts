import type { Condition, Update } from './expression.ts';
import { ExpressionParser } from './expression-parser.ts';

const conditions = new Map<string, Condition>();
const updates = new Map<string, Update>();

/** Understands a condition of DynamoDB's language. What it does not know is an error, never a guess. */
export function conditionOf(text: string): Condition {
  return remember(conditions, text, () => new ExpressionParser(text).condition());
}

/** Understands an update of DynamoDB's language: `SET`, `REMOVE` and `ADD`. */
export function updateOf(text: string): Update {
  return remember(updates, text, () => new ExpressionParser(text).update());
}

function remember<T>(known: Map<string, T>, text: string, parse: () => T): T {
  const before = known.get(text);
  if (before !== undefined) return before;
  const parsed = parse();
  known.set(text, parsed);
  return parsed;
}
