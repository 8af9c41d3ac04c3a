import { expect, it } from 'vitest';
import example from '../../infra/config/stages/example.ts';
import { exampleSettings } from './support/example-settings.ts';
import { synthesizeStages } from './support/synthesize.ts';

/** Shows in a review everything that a change does to what is deployed, also what no other test asks about. */
it.each([
  ['with no more than it must have', { test: exampleSettings }],
  ['of the example', { example }],
])('the template is as it was reviewed: %s', (_name, stages) => {
  const [synthesized] = synthesizeStages(stages);
  const template = JSON.stringify(synthesized?.template.toJSON(), null, 2);
  expect(template.replaceAll(/[0-9a-f]{64}/g, '<hash of the asset>')).toMatchSnapshot();
});
