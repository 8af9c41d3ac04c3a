import type { Clock } from '../time/clock.ts';
import { type ControlState, stopReasonOf } from './control-port.ts';

/**
 * What was read of settings and breaker a moment ago. An order that is decided by it is recorded only if it still holds
 * (`DecidedBy`), so it saves reads and no look.
 */
export interface ControlMemory<Control extends ControlState> {
  /** What was kept, if orders may be decided by it. */
  readonly recall: () => Control | undefined;
  /** Keeps what was read. @returns the same */
  readonly keep: (control: Control) => Control;
}

/**
 * A change by hand that leaves the version as it is would not be noticed where orders are recorded: it is in force after this
 * time at the latest.
 */
const keptForMs = 10_000;

/** A memory for one process. It recalls nothing that forbids buying, and nothing that has no version. */
export function createControlMemory<Control extends ControlState>(
  clock: Pick<Clock, 'now'>,
): ControlMemory<Control> {
  let kept: { readonly control: Control; readonly at: number } | undefined;
  return {
    recall: () => {
      const isFresh = kept !== undefined && Math.abs(clock.now() - kept.at) < keptForMs;
      return isFresh && allowsBuying(kept?.control) ? kept?.control : undefined;
    },
    keep: (control) => {
      kept = { control, at: clock.now() };
      return control;
    },
  };
}

function allowsBuying(control: ControlState | undefined): boolean {
  return control !== undefined && control.settingsVersion > 0 && stopReasonOf(control) === undefined;
}
