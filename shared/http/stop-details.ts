import type { StopReason } from '../orders/control-port.ts';

/** Why buying is stopped, for callers. */
export const stopDetails: Readonly<Record<StopReason, string>> = {
  DRY_RUN:
    'The mode is DRY_RUN: everything is checked and nothing is sent. An administrator sets it to LIVE.',
  PAUSED: 'The mode is PAUSED. An administrator sets it to LIVE.',
  BREAKER: 'The breaker is open. An administrator looks at the reason and closes it.',
  SETTINGS_UNUSABLE: 'The settings cannot be understood. An administrator mends them.',
  INSTRUMENT_PAUSED: 'This instrument is paused. An administrator lets it be bought again.',
};
