import type { SpendingLimits } from '../ledger/budget.ts';

/**
 * LIVE buys, PAUSED and DRY_RUN do not. A stage that nobody has set is in DRY_RUN: it reads and decides, and sends
 * nothing.
 */
export const modes = ['LIVE', 'PAUSED', 'DRY_RUN'] as const;
export type Mode = (typeof modes)[number];

/** Why nothing is bought: at all, or of an instrument. */
export type StopReason = 'PAUSED' | 'DRY_RUN' | 'BREAKER' | 'SETTINGS_UNUSABLE' | 'INSTRUMENT_PAUSED';

/** Why all buying is stopped. */
export interface OpenBreaker {
  /** A code such as `order-seen-late`. */
  readonly reason: string;
  /** ms since the epoch. */
  readonly at: number;
  /** What it is about: an order id, or who has stopped it. */
  readonly reference?: string | undefined;
  /** What the person who has stopped it said. */
  readonly note?: string | undefined;
}

/** Whether and how much may be bought. */
export interface ControlState {
  /** The mode in force: settings that cannot be understood stop all buying, whatever else they say. */
  readonly mode: Mode | 'SETTINGS_UNUSABLE';
  /**
   * Which settings these are; 0 while none has a version. What is decided by them is recorded only while they are the
   * current ones.
   */
  readonly settingsVersion: number;
  /** Why an administrator has made the settings what they are; undefined while nobody has. */
  readonly settingsReason?: string | undefined;
  /** Set while the breaker is open: nothing is bought until an administrator closes it. */
  readonly breaker: OpenBreaker | undefined;
  /** The limits in force: the tighter of those of the deployment and of the settings. */
  readonly limits: SpendingLimits;
}

/** Why the breaker is open after a restore from a backup; while it is, orders without a record are taken up. */
export const restoredFromBackup = 'restored-from-backup';

/** The switch that stops all buying. Everybody may open it, only an administrator may close it. */
export interface Breaker {
  /**
   * Opens it; if it is open already, the first reason stays.
   *
   * @param reason a code such as `order-seen-late`
   * @param reference what it is about, for example an order id
   * @param note what the person who stops it says
   */
  open(reason: string, reference: string, note?: string): Promise<void>;
  /**
   * Opens it for a finding that stays in view, such as a second order at the exchange: once for each finding, so that
   * an administrator who has looked at it can close the breaker. While the breaker is open for something else the
   * finding waits.
   */
  openOnce(reason: string, reference: string): Promise<void>;
  /** Leaves it as it is, and has this finding not open it later: whoever closes it now has looked at it. */
  note(reason: string, reference: string): Promise<void>;
}

/** Why nothing is bought, or undefined if buying is allowed. */
export function stopReasonOf(state: Pick<ControlState, 'mode' | 'breaker'>): StopReason | undefined {
  if (state.breaker !== undefined) return 'BREAKER';
  return state.mode === 'LIVE' ? undefined : state.mode;
}
