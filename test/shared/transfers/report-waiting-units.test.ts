import { beforeEach, describe, expect, it } from 'vitest';
import {
  type ReportedInstrument,
  reportWaitingUnits,
} from '../../../shared/transfers/report-waiting-units.ts';
import { createRecordedLog, type RecordedLog } from '../../support/recorded-log.ts';
import { usd as units } from '../../support/sample-order.ts';
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

let clock: VirtualClock;
let log: RecordedLog;
let since: Map<string, number>;
let held: string;
beforeEach(() => {
  clock = createVirtualClock();
  log = createRecordedLog();
  since = new Map();
  held = '3.5';
});

const prime: ReportedInstrument = {
  instrument: 'chat-prime',
  moveFromTrading: false,
  unitsInTrading: async () => units(held),
};
const report = (...instruments: ReportedInstrument[]) =>
  reportWaitingUnits(
    {
      mark: {
        since: async (instrument) => since.get(instrument),
        begin: async (instrument, at) => void since.set(instrument, at),
        end: async (instrument) => void since.delete(instrument),
      },
      clock,
      log,
    },
    instruments,
  );
const last = () => log.lines.at(-1);

describe('Units that wait in the trading account', () => {
  it('are reported each time, and warned of once they have waited for more than half an hour', async () => {
    expect(await report(prime)).toEqual([{ instrument: 'chat-prime', units: units('3.5') }]);
    expect(last()).toMatchObject({
      level: 'info',
      event: 'units-in-trading',
      fields: { instrument: 'chat-prime', units: '3.5', waitedMs: 0 },
    });
    clock.advance(1_800_000);
    await report(prime);
    expect(last()).toMatchObject({ event: 'units-in-trading' });
    clock.advance(1);
    await report(prime);
    expect(last()).toMatchObject({
      level: 'warn',
      event: 'units-wait-in-trading',
      fields: { waitedMs: 1_800_001 },
    });
  });

  it('are no reason to warn where they are moved when needed', async () => {
    await report(prime);
    clock.advance(86_400_000);
    await report({ ...prime, moveFromTrading: true });
    expect(last()).toMatchObject({ level: 'info', event: 'units-in-trading' });
  });

  it('begin to wait anew once there were none, and parts of a Unit do not wait', async () => {
    await report(prime);
    clock.advance(1_700_000);
    held = '0.99999999';
    expect(await report(prime)).toEqual([{ instrument: 'chat-prime', units: units('0.99999999') }]);
    held = '3';
    clock.advance(200_000);
    await report(prime);
    expect(last()).toMatchObject({ event: 'units-in-trading', fields: { waitedMs: 0 } });
  });

  it('of one instrument that cannot be read do not hide those of another', async () => {
    const broken = {
      ...prime,
      instrument: 'chat-fast',
      unitsInTrading: async () => Promise.reject(new TypeError('no')),
    };
    expect(await report(broken, prime)).toMatchObject([{ instrument: 'chat-prime' }]);
    expect(log.lines[0]).toMatchObject({
      level: 'warn',
      event: 'units-report-failed',
      fields: { instrument: 'chat-fast', error: 'TypeError' },
    });
  });
});
