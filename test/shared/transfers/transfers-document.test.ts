import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayMove } from '../../../shared/transfers/life-cycle.ts';
import { transferMoves } from '../../../shared/transfers/moves.ts';
import { type TransferState, transferStates } from '../../../shared/transfers/transfer.ts';

const text = readFileSync(resolve(import.meta.dirname, '../../../docs/transfers.md'), 'utf8');
const table = text.slice(text.indexOf('## Legal moves'), text.indexOf('Each step is one transaction'));

describe('the document of transfers', () => {
  it('has the moves of the code word for word, no more and no fewer', () => {
    const rows = table.split('\n').filter((line) => /^\| [A-Zn]/.test(line) && !line.startsWith('| From'));
    expect(rows).toEqual(
      transferMoves.map(({ from, to, when, condition }) => {
        const cells = [from.join(', ') || 'none', to, when, condition];
        return `| ${cells.join(' | ')} |`;
      }),
    );
  });

  it('draws legal moves only, and explains every state', () => {
    const drawn = [...text.matchAll(/^ {2}([A-Z]+) --> ([A-Z]+)/gm)];
    expect(drawn.length).toBeGreaterThan(7);
    for (const [, from, to] of drawn) expect(mayMove(from as TransferState, to as TransferState)).toBe(true);
    for (const state of transferStates) expect(text).toContain(`\n| ${state} | `);
  });
});
