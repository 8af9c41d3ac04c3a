/** A comparison by `=` in a key condition: the attribute's name and the value's name, as written. */
export interface Equality {
  readonly name: string;
  readonly value: string;
}

const token = /\s*(:\w+|#\w+|[A-Za-z_][\w.-]*|<=|>=|[=<>(),])/y;
const comparators = new Set(['<', '<=', '>', '>=']);

/**
 * The equalities of a `KeyConditionExpression`. Undefined when the expression is not fully understood: what is compared
 * must not be guessed.
 */
export function equalitiesOf(expression: string): readonly Equality[] | undefined {
  const tokens = tokensOf(expression);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens);
  const equalities = reader.conjunction();
  return reader.isAtEnd ? equalities : undefined;
}

function tokensOf(expression: string): string[] | undefined {
  const text = expression.trimEnd();
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const [, word] = token.exec(text) ?? [];
    if (word === undefined) return undefined;
    found.push(word);
  }
  return found;
}

/** Reads the grammar of key conditions: clauses joined by `AND`, each perhaps in parentheses. */
class Reader {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#next === this.#tokens.length;
  }

  conjunction(): readonly Equality[] | undefined {
    const found = this.#clause();
    if (found === undefined || !this.#takes('AND')) return found;
    const rest = this.conjunction();
    return rest === undefined ? undefined : [...found, ...rest];
  }

  #clause(): readonly Equality[] | undefined {
    if (this.#takes('(')) {
      const inner = this.conjunction();
      return inner !== undefined && this.#takes(')') ? inner : undefined;
    }
    if (this.#takes('begins_with')) {
      const isWhole =
        this.#takes('(') && this.#name() && this.#takes(',') && this.#value() && this.#takes(')');
      return isWhole === true ? [] : undefined;
    }
    return this.#comparison();
  }

  #comparison(): readonly Equality[] | undefined {
    const name = this.#name();
    if (name === undefined) return undefined;
    if (this.#takes('BETWEEN')) {
      const isWhole = this.#value() && this.#takes('AND') && this.#value();
      return isWhole === undefined || isWhole === false ? undefined : [];
    }
    const comparator = this.#take();
    const value = this.#value();
    if (value === undefined) return undefined;
    if (comparator === '=') return [{ name, value }];
    return comparators.has(comparator) ? [] : undefined;
  }

  #name(): string | undefined {
    const word = this.#take();
    return /^[#A-Za-z_]/.test(word) ? word : undefined;
  }

  #value(): string | undefined {
    const word = this.#take();
    return word.startsWith(':') ? word : undefined;
  }

  #take(): string {
    const word = this.#tokens[this.#next] ?? '';
    this.#next += 1;
    return word;
  }

  /** Words are taken in any case, as DynamoDB does for `AND` and `BETWEEN`. */
  #takes(word: string): boolean {
    const isNext = this.#tokens[this.#next]?.toUpperCase() === word.toUpperCase();
    if (isNext) this.#next += 1;
    return isNext;
  }
}
