import type { Counts } from './counts.ts';
import {
  assumptionsTable,
  countsTable,
  linesTable,
  monitoringTable,
  priceNote,
  totalsTable,
} from './tables.ts';

/** Documents whose tables follow from the counts and the prices. */
export const costDocuments = ['docs/cost.md', 'docs/operations.md'] as const;

const blocks: Readonly<Record<string, (counts: Counts) => string>> = {
  totals: totalsTable,
  lines: linesTable,
  counts: countsTable,
  assumptions: assumptionsTable,
  monitoring: monitoringTable,
  prices: priceNote,
};

/**
 * A document with its tables made anew. They are between `<!-- cost:NAME -->` and `<!-- /cost -->`.
 *
 * @throws if a block has a name that there is not
 */
export function withCosts(document: string, counts: Counts): string {
  return document.replaceAll(
    /(<!-- cost:([a-z]+) -->)(\s+).*?(\s+<!-- \/cost -->)/gs,
    (_whole, begin: string, name: string, before: string, end: string) => {
      const make = blocks[name];
      if (make === undefined) throw new Error(`There is no table ${JSON.stringify(name)}.`);
      return `${begin}${before}${make(counts)}${end}`;
    },
  );
}
