/** Names shared by the functions that emit metrics and the stack that draws and alarms on them. */
export const metricNamespace = 'GridBuyer';

export const metricNames = {
  /** Orders by the state their placing ended in; dimension `outcome`. */
  orderPlaced: 'OrderPlaced',
  /** Usable Units of an instrument at a balance check; dimension `instrument`. */
  unitsAvailable: 'UnitsAvailable',
  /** Balance checks that ran to their end. Its absence is the heartbeat alarm. */
  checkCompleted: 'CheckCompleted',
  /** Top-ups that were due; dimensions `instrument` and `result` (`bought`, `in-doubt`, `not-bought`). */
  topUp: 'TopUp',
  /** Balance checks that failed for an instrument; dimension `instrument`. */
  checkFailed: 'CheckFailed',
} as const;
