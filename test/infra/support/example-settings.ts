import type { StageSettings } from '../../../infra/config/stage.ts';

type InstrumentSettings = StageSettings['instruments'][number];

const instrument: InstrumentSettings = {
  symbol: 'chat-prime',
  marketId: 'market_1',
  maximumPrice: '2.50',
  maximumQuantity: 100,
};

/** Settings with everything that has no default, and nothing else. */
export const exampleSettings = { instruments: [instrument] } satisfies StageSettings;

/** The same instrument, topped up. */
export const toppedUpInstrument: InstrumentSettings = {
  ...instrument,
  topUp: { policy: 'threshold', minimumUnits: 5, quantity: 10, limitPrice: '2.50' },
};
