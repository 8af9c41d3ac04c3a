import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionNames } from '../../infra/function-names.ts';
import { Checkout, stageSource } from './support/checkout.ts';
import { exampleSettings } from './support/example-settings.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const checkout = new Checkout(temporaryFolder(), {
  trial: stageSource(exampleSettings),
  production: stageSource({ ...exampleSettings, region: 'eu-west-1' }),
  abroad: stageSource({ ...exampleSettings, region: 'Ireland' }),
  careless: stageSource({ ...exampleSettings, logRetentionDays: 31, maximumSpend: '100' }),
  empty: 'export const settings = {};\n',
  unreadable: "throw new Error('not today');\n",
});

describe('several stages', () => {
  it('are synthesized side by side, each as a stack, with each bundle once', async () => {
    const { exitCode, stderr } = await checkout.synthesize('trial, production');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const files = readdirSync(checkout.assembly);
    expect(files.filter((file) => file.endsWith('.template.json')).toSorted()).toEqual([
      'grid-buyer-production.template.json',
      'grid-buyer-trial.template.json',
    ]);
    expect(files.filter((file) => /^asset\.[0-9a-f]{64}$/.test(file))).toHaveLength(functionNames.length);
  });
});

describe('stages that are wrong', () => {
  it.each([
    [
      'one that does not exist',
      'nowhere',
      [
        'There is no stage "nowhere":',
        '  - choose one with -c stage=NAME: abroad, careless, empty, production, trial, unreadable',
        '  - or add infra/config/stages/NAME.ts',
      ],
    ],
    [
      'all of them at once, beside a right one',
      'abroad,trial,careless,unreadable,empty',
      [
        'Stage "abroad" cannot be deployed:',
        '  - region: must be a region such as "eu-west-1"',
        'Stage "careless" cannot be deployed:',
        '  - logRetentionDays: must be a period that CloudWatch Logs knows, such as 30, 90 or 365',
        '  - maximumSpend: is not a setting',
        'Stage "unreadable" cannot be deployed:',
        '  - infra/config/stages/unreadable.ts cannot be loaded: Error: not today',
        'Stage "empty" cannot be deployed:',
        '  - settings: is missing',
      ],
    ],
    [
      'one that is named twice',
      'trial,production,trial',
      ['The stages cannot be chosen:', '  - -c stage=trial,production,trial names "trial" twice'],
    ],
  ])('fail the synthesis with a message and nothing else: %s', async (_which, chosen, lines) => {
    const outcome = await checkout.synthesize(chosen);
    expect(outcome).toEqual({ exitCode: 1, stdout: '', stderr: `${lines.join('\n')}\n` });
  });
});
