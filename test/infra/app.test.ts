import { describe, expect, it } from 'vitest';
import { runNode } from './support/run-node.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

describe('a stage that does not exist', () => {
  it('fails the synthesis with a message and nothing else', async () => {
    const outcome = await runNode(['infra/app.ts'], {
      CDK_CONTEXT_JSON: JSON.stringify({ stage: 'nowhere' }),
      CDK_OUTDIR: temporaryFolder(),
    });
    expect(outcome).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: [
        'There is no stage "nowhere":',
        '  - choose one with -c stage=NAME: example, threshold',
        '  - or add infra/config/stages/NAME.ts',
        '',
      ].join('\n'),
    });
  });
});
