import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareValues, comparisons } from './compare-values.ts';
import type { Condition, Operand, Placeholders, Step, Update } from './expression.ts';

const token = /\s*([#:]?[A-Za-z_]\w*|<=|>=|<>|[=<>(),+-])/y;

/** Recursive descent, one method for each level of precedence. */
export class ExpressionParser {
  readonly #tokens: string[] = [];
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text.trimEnd();
    token.lastIndex = 0;
    while (token.lastIndex < this.#text.length) {
      const match = token.exec(this.#text);
      if (match?.[1] === undefined) throw this.#error();
      this.#tokens.push(match[1]);
    }
  }

  condition(): Condition {
    const condition = this.#either();
    if (this.#next !== undefined) throw this.#error();
    return condition;
  }

  update(): Update {
    const steps: Step[] = [];
    while (this.#next !== undefined) steps.push(...this.#clause());
    return (item, placeholders) => {
      // All steps see the item as it was before.
      const changes = steps.map((step) => step(item, placeholders));
      const changed: Record<string, AttributeValue> = { ...item };
      for (const [name, value] of changes) {
        if (value === undefined) delete changed[name];
        else changed[name] = value;
      }
      return changed;
    };
  }

  get #next(): string | undefined {
    return this.#tokens[this.#position];
  }

  #clause(): readonly Step[] {
    const step = this.#stepsOf(this.#take());
    const steps: Step[] = [];
    do steps.push(step());
    while (this.#takes(','));
    return steps;
  }

  #stepsOf(clause: string): () => Step {
    switch (clause) {
      case 'SET':
        return () => this.#assignment();
      case 'REMOVE':
        return () => this.#removal();
      case 'ADD':
        return () => this.#addition();
      default:
        throw this.#error();
    }
  }

  #assignment(): Step {
    const name = this.#name();
    this.#expect('=');
    const value = this.#sum();
    return (item, placeholders) => {
      const assigned = value(item, placeholders);
      if (assigned === undefined) throw new Error(`An operand of "${this.#text}" has no value.`);
      return [name(placeholders), assigned];
    };
  }

  #removal(): Step {
    const name = this.#name();
    return (_item, placeholders) => [name(placeholders), undefined];
  }

  /** What is not there counts as nothing. */
  #addition(): Step {
    const name = this.#name();
    const amount = this.#operand();
    return (item, placeholders) => {
      const [before, added] = [item[name(placeholders)]?.N ?? '0', amount(item, placeholders)?.N];
      if (added === undefined) throw new Error(`"${this.#text}" adds what is no number.`);
      return [name(placeholders), { N: (BigInt(before) + BigInt(added)).toString() }];
    };
  }

  #either(): Condition {
    let left = this.#both();
    while (this.#takes('OR')) {
      const [first, second] = [left, this.#both()];
      left = (item, placeholders) => first(item, placeholders) || second(item, placeholders);
    }
    return left;
  }

  #both(): Condition {
    let left = this.#single();
    while (this.#takes('AND')) {
      const [first, second] = [left, this.#single()];
      left = (item, placeholders) => first(item, placeholders) && second(item, placeholders);
    }
    return left;
  }

  #single(): Condition {
    if (this.#takes('NOT')) {
      const negated = this.#single();
      return (item, placeholders) => !negated(item, placeholders);
    }
    if (this.#takes('(')) {
      const inner = this.#either();
      this.#expect(')');
      return inner;
    }
    if (this.#takes('attribute_not_exists')) return this.#existence(false);
    if (this.#takes('attribute_exists')) return this.#existence(true);
    if (this.#takes('begins_with')) return this.#prefix();
    return this.#comparison();
  }

  #existence(wanted: boolean): Condition {
    this.#expect('(');
    const name = this.#name();
    this.#expect(')');
    return (item, placeholders) => (item?.[name(placeholders)] !== undefined) === wanted;
  }

  #prefix(): Condition {
    this.#expect('(');
    const whole = this.#operand();
    this.#expect(',');
    const start = this.#operand();
    this.#expect(')');
    return (item, placeholders) => {
      const text = whole(item, placeholders)?.S;
      return text?.startsWith(start(item, placeholders)?.S ?? '') ?? false;
    };
  }

  #comparison(): Condition {
    const left = this.#operand();
    const operator = this.#take();
    const right = this.#operand();
    const holds = comparisons[operator];
    if (holds === undefined) throw this.#error();
    return (item, placeholders) => {
      const [a, b] = [left(item, placeholders), right(item, placeholders)];
      // What is not there compares to nothing.
      return a !== undefined && b !== undefined && holds(compareValues(a, b));
    };
  }

  #sum(): Operand {
    let left = this.#operand();
    for (;;) {
      const sign = this.#takes('+') ? 1n : this.#takes('-') ? -1n : undefined;
      if (sign === undefined) return left;
      const [first, second] = [left, this.#operand()];
      left = (item, placeholders) => {
        const [a, b] = [first(item, placeholders)?.N, second(item, placeholders)?.N];
        if (a === undefined || b === undefined) throw new Error(`"${this.#text}" adds what is no number.`);
        return { N: (BigInt(a) + sign * BigInt(b)).toString() };
      };
    }
  }

  #operand(): Operand {
    if (this.#takes('if_not_exists')) {
      this.#expect('(');
      const name = this.#name();
      this.#expect(',');
      const otherwise = this.#operand();
      this.#expect(')');
      return (item, placeholders) => item?.[name(placeholders)] ?? otherwise(item, placeholders);
    }
    if (this.#next?.startsWith(':') === true) {
      const value = this.#take();
      return (_item, { values }) => values[value];
    }
    const name = this.#name();
    return (item, placeholders) => item?.[name(placeholders)];
  }

  #name(): (placeholders: Placeholders) => string {
    const name = this.#take();
    if (!/^#?[A-Za-z_]/.test(name)) throw this.#error();
    if (!name.startsWith('#')) return () => name;
    return ({ names }) => {
      const meant = names[name];
      if (meant === undefined) throw new Error(`"${this.#text}" does not say what ${name} is.`);
      return meant;
    };
  }

  #takes(word: string): boolean {
    const isNext = this.#next === word;
    if (isNext) this.#position += 1;
    return isNext;
  }

  #expect(word: string): void {
    if (!this.#takes(word)) throw this.#error();
  }

  #take(): string {
    const next = this.#next;
    if (next === undefined) throw this.#error();
    this.#position += 1;
    return next;
  }

  #error(): Error {
    return new Error(`This is not an expression that the simulated table knows: ${this.#text}`);
  }
}
