import { describe, expect, it } from 'vitest';
import {
  readBuyingSettings,
  readExchangeSettings,
  readReaders,
  readTableSettings,
} from '../../../shared/configuration/environment.ts';

const instrument = { symbol: 'chat-prime', marketId: 'market_1', maximumPrice: '2.50', maximumQuantity: 100 };
const exchange = {
  EXCHANGE_URL: 'https://trading.api.thegrid.ai',
  EXCHANGE_PATH_PREFIX: '/api/v1/trading',
  SIGNING_KEY_SECRET_ARN: 'arn:secret',
};

describe('the environment of a function', () => {
  it('is read with its defaults', () => {
    expect(readExchangeSettings(exchange)).toMatchObject({
      dialect: { balanceBasis: 'available', quantityEncoding: 'number', requestAutotransfer: false },
    });
    const { instruments } = readBuyingSettings({ STAGE: 's', INSTRUMENTS: JSON.stringify([instrument]) });
    expect(instruments).toMatchObject([{ priceTick: '0.01', feeBasisPoints: 100, slippageBasisPoints: 100 }]);
  });

  it('names those who see everything, by default nobody', () => {
    expect(readReaders({})).toEqual(new Set());
    expect(readReaders({ READERS: '["arn:a","arn:b"]' })).toEqual(new Set(['arn:a', 'arn:b']));
    expect(() => readReaders({ READERS: 'arn:a' })).toThrow('READERS');
    expect(() => readReaders({ READERS: '[1]' })).toThrow('READERS.0: must be an ARN');
  });

  it('is told everything that is missing or wrong at once', () => {
    expect(() => readTableSettings({})).toThrow('TABLE_NAME: is not set');
    expect(() =>
      readExchangeSettings({
        EXCHANGE_URL: 'http://trading.api.thegrid.ai',
        EXCHANGE_PATH_PREFIX: 'api',
        EXCHANGE_DIALECT: '{"balanceBasis":"free"}',
      }),
    ).toThrow(
      /https only[\s\S]*prefix must look like[\s\S]*EXCHANGE_DIALECT\.balanceBasis: must be "available" or "total"[\s\S]*SIGNING_KEY_SECRET_ARN: is not set/,
    );
  });

  it.each([
    ['maximumPrice', { maximumPrice: 2.5 }],
    ['maximumPrice', { maximumPrice: '0.00' }],
    ['maximumQuantity', { maximumQuantity: 0 }],
    ['maximumQuantity', { maximumQuantity: 10_001 }],
    ['symbol', { symbol: 'Chat Prime' }],
    [
      'topUp.minimumUnits',
      { topUp: { policy: 'threshold', minimumUnits: 0, quantity: 10, limitPrice: '2.50' } },
    ],
    [
      'topUp.limitPrice',
      { topUp: { policy: 'threshold', minimumUnits: 5, quantity: 10, limitPrice: '2,50' } },
    ],
  ])('names the field of an instrument that is wrong: %s', (path, changes) => {
    const text = JSON.stringify([{ ...instrument, ...changes }]);
    expect(() => readBuyingSettings({ STAGE: 's', INSTRUMENTS: text })).toThrow(`INSTRUMENTS.0.${path}: `);
  });

  it('refuses to top up dearer or more than any order may, and the same market twice', () => {
    const topUp = { policy: 'threshold', minimumUnits: 5, quantity: 101, limitPrice: '2.51' };
    const text = JSON.stringify([{ ...instrument, topUp }]);
    expect(() => readBuyingSettings({ STAGE: 's', INSTRUMENTS: text })).toThrow(
      /topUp\.quantity: must be at most maximumQuantity[\s\S]*topUp\.limitPrice: must be at most maximumPrice/,
    );
    const twice = JSON.stringify([instrument, { ...instrument, symbol: 'other' }]);
    expect(() => readBuyingSettings({ STAGE: 's', INSTRUMENTS: twice })).toThrow('names a market twice');
  });

  it('moves no Units from the trading account unless told, and then only where it is known how many are needed', () => {
    const read = (changes: object) =>
      readBuyingSettings({ STAGE: 'test', INSTRUMENTS: JSON.stringify([{ ...instrument, ...changes }]) });
    const topUp = { policy: 'threshold', minimumUnits: 5, quantity: 10, limitPrice: '2.50' };
    expect(read({ topUp }).instruments).toMatchObject([{ moveFromTrading: false }]);
    expect(read({ topUp, moveFromTrading: true }).instruments).toMatchObject([{ moveFromTrading: true }]);
    expect(() => read({ moveFromTrading: true })).toThrow(/moveFromTrading: needs topUp/);
  });
});
