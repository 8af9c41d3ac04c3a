import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { legalMoves } from '../../../shared/orders/life-cycle.ts';
import { moves } from '../../../shared/orders/moves.ts';
import { orderStates } from '../../../shared/orders/order.ts';

const text = readFileSync(resolve(import.meta.dirname, '../../../docs/order-life-cycle.md'), 'utf8');
const table = text.slice(text.indexOf('## Legal moves'), text.indexOf('## What the answer'));

describe('the document of the life cycle', () => {
  it('has the moves of the code word for word, no more and no fewer', () => {
    const rows = table.split('\n').filter((line) => /^\| [A-Zn]/.test(line) && !line.startsWith('| From'));
    expect(rows).toEqual(
      moves.map(({ from, to, when, condition, writes, money }) => {
        const cells = [from.join(', ') || 'none', to.join(', '), when, condition, writes, money];
        return `| ${cells.join(' | ')} |`;
      }),
    );
  });

  it('draws legal moves only, and explains every state', () => {
    const drawn = [...text.matchAll(/^ {2}([A-Z_]+) --> ([A-Z_]+)/gm)];
    expect(drawn.length).toBeGreaterThan(8);
    for (const [, from, to] of drawn) {
      expect(Object.entries(legalMoves).find(([state]) => state === from)?.[1]).toContain(to);
    }
    for (const state of orderStates) expect(text).toContain(`\n| ${state} | `);
  });
});
