import { expect, it } from 'vitest';
import { bundleSource } from '../support/bundle-source.ts';
import { importFresh } from '../support/import-fresh.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('endpoints that were discovered are kept and given back', async () => {
  const bundle = await bundleSource(
    temporaryFolder(),
    `import { EndpointCache } from '@aws-sdk/endpoint-cache';
     const cache = new EndpointCache(10);
     if (cache.getEndpoint('a') !== undefined) throw new Error('it knew one');
     cache.set('a', [{ Address: 'host', CachePeriodInMinutes: 1 }]);
     if (cache.getEndpoint('a') !== 'host') throw new Error('it forgot it');
     cache.delete('a');
     if (cache.getEndpoint('a') !== undefined) throw new Error('it kept it');
     export const handler = 1;`,
  );
  await expect(importFresh(bundle)).resolves.toMatchObject({ exported: ['handler'] });
});
