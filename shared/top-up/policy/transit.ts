import { minuteMs } from './use-history.ts';

/** Units that the caller says are bought and on their way, by when they were first told of; oldest first. */
export interface Transit {
  readonly parts: readonly { readonly at: number; readonly units: number }[];
  /** How long Units are on their way; 0 while none were. */
  readonly minutes: number;
}

export const noTransit: Transit = { parts: [], minutes: 0 };

const longestMinutes = 30;
const nothing = 1e-6;

/** Follows what is on its way; what arrives first was told of first, and says how long it takes. */
export function followTransit(transit: Transit, inTransit: number, now: number): Transit {
  const total = transit.parts.reduce((sum, { units }) => sum + units, 0);
  if (inTransit > total + nothing) {
    return { ...transit, parts: [...transit.parts, { at: now, units: inTransit - total }] };
  }
  let arrived = total - inTransit;
  let { minutes } = transit;
  const parts: { at: number; units: number }[] = [];
  for (const part of transit.parts) {
    const units = part.units - arrived;
    arrived = Math.max(0, arrived - part.units);
    if (units > nothing) parts.push({ at: part.at, units: Math.min(part.units, units) });
    else minutes = learnt(minutes, (now - part.at) / minuteMs);
  }
  return { parts, minutes };
}

/** Longer times are believed at once, shorter ones slowly. */
function learnt(minutes: number, seen: number): number {
  const possible = Math.min(longestMinutes, Math.max(0, seen));
  return possible > minutes ? possible : 0.8 * minutes + 0.2 * possible;
}
