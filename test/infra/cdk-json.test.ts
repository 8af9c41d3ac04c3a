import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { appContext } from './support/app-context.ts';

const settings: unknown = JSON.parse(readFileSync('cdk.json', 'utf8'));

describe('cdk.json', () => {
  it('keeps the CLI from calling home, so that a synthesis needs no network', () => {
    expect(settings).toMatchObject({ notices: false, versionReporting: false });
    expect(appContext()).toMatchObject({ 'cli-telemetry': false });
  });

  it('has a template that breaks a rule of CloudFormation fail the synthesis', () => {
    expect(appContext()).toMatchObject({ '@aws-cdk/core:validateAgainstDefaultRules': true });
  });
});
