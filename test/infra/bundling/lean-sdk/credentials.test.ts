import { expect, it } from 'vitest';
import { bundleSource } from '../../support/bundle-source.ts';
import { importFresh } from '../../support/import-fresh.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();

const client = `
  import { dynamoDbClient } from './shared/aws/clients.ts';
  const credentials = () => dynamoDbClient().config.credentials();
`;

it("a client signs with the environment's credentials, where Lambda puts the role's", async () => {
  const bundle = await bundleSource(
    folder,
    `${client}
     const { accessKeyId } = await credentials();
     if (accessKeyId !== process.env.AWS_ACCESS_KEY_ID) throw new Error('other credentials: ' + accessKeyId);
     export const handler = 1;`,
  );
  await expect(importFresh(bundle)).resolves.toMatchObject({ exported: ['handler'] });
});

it('looks nowhere else', async () => {
  const bundle = await bundleSource(
    folder,
    `${client}
     delete process.env.AWS_ACCESS_KEY_ID;
     process.env.AWS_PROFILE = 'default';
     await credentials();`,
  );
  await expect(importFresh(bundle)).rejects.toThrow('Unable to find environment variable credentials');
});
