import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCounts } from '../../local/cost/counts.ts';
import { costDocuments, withCosts } from '../../local/cost/documents.ts';

const counts = readCounts();

describe.each(costDocuments)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('has the tables that follow from counts and prices', () => {
    expect(text).toBe(withCosts(text, counts));
    expect(withCosts(text, { ...counts, metrics: { ...counts.metrics, ofStage: 1_000 } })).not.toBe(text);
  });
});

it('a block that there is not is told', () => {
  expect(() => withCosts('<!-- cost:nothing -->\nx\n<!-- /cost -->', counts)).toThrow('"nothing"');
});
