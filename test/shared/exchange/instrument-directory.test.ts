import { describe, expect, it } from 'vitest';
import { createInstrumentDirectory } from '../../../shared/exchange/instrument-directory.ts';
import type { HttpResult } from '../../../shared/transport/transport.ts';
import { answer, scriptedTransport } from './support/answers.ts';
import { clientWith } from './support/client-tools.ts';

const market = (id: string, ...instruments: string[]): HttpResult =>
  answer(200, { data: { market_id: id, status: 'active', associated_instruments: instruments } });

function directoryOver(...results: HttpResult[]) {
  const { transport, requests } = scriptedTransport(...results);
  const directory = createInstrumentDirectory();
  const find = (marketId: string, instrumentId?: string) =>
    directory.instrumentIdOf(clientWith({ transport }), { marketId, instrumentId });
  return { find, requests };
}

describe('the directory of instruments', () => {
  it('asks the exchange once for each market', async () => {
    const { find, requests } = directoryOver(market('m1', 'i1'), market('m2', 'i2'));
    const found = [await find('m1'), await find('m2'), await find('m1')];
    expect(found).toEqual(['i1', 'i2', 'i1']);
    expect(requests.map((request) => request.target)).toEqual([
      '/api/v1/trading/markets/m1',
      '/api/v1/trading/markets/m2',
    ]);
  });

  it('takes the configured one of several, and asks once', async () => {
    const { find, requests } = directoryOver(market('m1', 'i8', 'i9'));
    expect(await find('m1', 'i9')).toBe('i9');
    expect(await find('m1', 'i9')).toBe('i9');
    expect(requests).toHaveLength(1);
  });

  it('refuses a configured one that the market does not trade: its account would be empty for ever', async () => {
    const { find } = directoryOver(market('m1', 'i8'));
    await expect(find('m1', 'i9')).rejects.toMatchObject({ kind: 'unreadable', resource: 'markets' });
  });

  it.each([[[]], [['i1', 'i2']]])('does not choose among the instruments %j', async (instruments) => {
    const { find } = directoryOver(market('m1', ...instruments));
    await expect(find('m1')).rejects.toMatchObject({ kind: 'unreadable', resource: 'markets' });
  });

  it('does not remember a failure', async () => {
    const { find } = directoryOver(answer(404), market('m1', 'i1'));
    await expect(find('m1')).rejects.toMatchObject({ kind: 'not-found' });
    expect(await find('m1')).toBe('i1');
  });
});
