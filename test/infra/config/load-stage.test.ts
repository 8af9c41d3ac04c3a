import { expect, it } from 'vitest';
import { loadStage, stageNames } from '../../../infra/config/load-stage.ts';

it.each(stageNames())('the stage %s can be deployed as it is', async (name) => {
  await expect(loadStage(name)).resolves.toMatchObject({ name });
});

it('the example buys one instrument and tops it up', async () => {
  const { instruments } = await loadStage('example');
  expect(instruments).toMatchObject([
    {
      symbol: 'chat-prime',
      marketId: 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c',
      maximumPrice: '2.50',
      maximumQuantity: 100,
      topUp: { policy: 'adaptive' },
    },
  ]);
});

it.each(['nowhere', '../stage', 'example.ts'])(
  'there is no stage %s, and the message says which there are',
  async (name) => {
    await expect(loadStage(name)).rejects.toThrow(/There is no stage .*\n.*example/);
  },
);
