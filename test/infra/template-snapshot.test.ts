import { expect, it } from 'vitest';
import { synthesize } from './support/synthesize.ts';

/** Shows in a review everything that a change does to what is deployed, also what no other test asks about. */
it('the template is as it was reviewed', () => {
  const template = JSON.stringify(synthesize().toJSON(), null, 2);
  expect(template.replaceAll(/[0-9a-f]{64}/g, '<hash of the asset>')).toMatchSnapshot();
});
