import type { Administration } from '../exchange/admin/administration.ts';
import type { FaultInput } from '../exchange/faults/fault-schema.ts';

/** Something that the page can break, and what is to be seen then. */
interface Breakage {
  readonly says: string;
  readonly fault?: FaultInput;
  readonly act?: (admin: Administration, symbol: string) => void;
}

export const breakageNames = ['lose-answer', 'freeze', 'refuse-key', 'empty-book', 'use-up'] as const;
export type BreakageName = (typeof breakageNames)[number];

const breakages: Readonly<Record<BreakageName, Breakage>> = {
  'lose-answer': {
    says: 'The exchange takes the next order and its answer is lost. Buy one: it becomes UNKNOWN, is not sent again, and the next check finds it.',
    fault: { endpoint: 'POST /orders', stage: 'after', effect: { kind: 'reset' } },
  },
  'refuse-key': {
    says: 'The exchange refuses every request. Checks fail, nothing is sent twice; from the third on buying stops.',
    fault: {
      endpoint: '*',
      when: { always: true },
      effect: { kind: 'status', status: 401 },
    },
  },
  freeze: {
    says: 'The exchange takes requests and never answers. Each is given up after 8 s; what was sent is UNKNOWN until the exchange answers again.',
    fault: { endpoint: '*', when: { always: true }, effect: { kind: 'hang' } },
  },
  'empty-book': {
    says: 'Nobody sells any more. A market order is refused for want of Units, and top-ups wait in the book.',
    act: (admin, symbol) => admin.setBook({ market: symbol, asks: [] }),
  },
  'use-up': {
    says: 'A burst has used up all Units. The next check tops up.',
    act: (admin, symbol) => {
      const held = admin.units()[symbol]?.held ?? '0';
      if (held !== '0') admin.consumeUnits({ instrument: symbol, units: held });
    },
  },
};

/** Breaks it. @returns what is to be seen then */
export function breakIt(name: BreakageName, admin: Administration, symbol: string): string {
  const { fault, act, says } = breakages[name];
  if (fault !== undefined) admin.addFault(fault);
  act?.(admin, symbol);
  return says;
}

/** Everything as it was. */
export function mendAll(admin: Administration, symbol: string): void {
  admin.clearFaults();
  admin.setMarketStatus({ market: symbol, status: 'active' });
  admin.setSellers({ market: symbol, enabled: true });
}

/** What is broken, by the names above; what is over at once is never broken. */
export function brokenNow(admin: Administration, symbol: string): readonly BreakageName[] {
  const book = admin.book().find((one) => one.symbol === symbol);
  const faults = admin
    .faults()
    .filter(({ when, struck }) => 'always' in when || struck === 0)
    .map(({ endpoint, effect }) => `${endpoint} ${effect.kind}`);
  return breakageNames.filter((name) => {
    const { fault } = breakages[name];
    return fault === undefined
      ? name === 'empty-book' && book?.sell.length === 0
      : faults.includes(`${fault.endpoint} ${fault.effect.kind}`);
  });
}
