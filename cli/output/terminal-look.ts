import { machineZone, type TerminalLook, takesUnicode } from '../../local/plots/terminal/terminal-look.ts';
import type { Look } from './look.ts';

/** How charts look on it. */
export function terminalLookOf({ columns, paint, zone }: Look, environment: NodeJS.ProcessEnv): TerminalLook {
  return {
    columns,
    hasColour: paint.isColorSupported,
    isUnicode: takesUnicode(environment),
    zone: zone ?? machineZone(),
  };
}
