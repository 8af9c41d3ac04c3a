import { expect, it } from 'vitest';
import { bundleSource } from '../../support/bundle-source.ts';
import { importFresh } from '../../support/import-fresh.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();

it.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
  'a client looks nowhere else than in the environment: %s',
  async (name) => {
    const bundle = await bundleSource(
      folder,
      `import { dynamoDbClient } from './shared/aws/clients.ts';
       delete process.env.${name};
       process.env.AWS_PROFILE = 'default';
       dynamoDbClient();`,
    );
    await expect(importFresh(bundle)).rejects.toThrow(`The environment has no ${name}.`);
  },
);
