import { formatDecimal, formatUsd } from '../ledger/decimal.ts';
import type { Decision } from '../top-up/decisions/decision.ts';
import { isoTime, isoTimeOrNull } from './iso-time.ts';

/** A decision as callers see it: when, why in words and in numbers, and what was done. */
export function decisionView(decision: Decision): object {
  const { explanation } = decision;
  return {
    time: isoTime(decision.at),
    instrument: decision.instrument,
    trigger: decision.trigger,
    policy: decision.policy,
    words: explanation.words,
    reason: explanation.reason,
    boundBy: explanation.boundBy,
    usable: formatDecimal(decision.usable),
    incoming: formatDecimal(decision.incoming),
    coverMinutes: decision.coverMinutes ?? null,
    bestAsk: decision.bestAsk === undefined ? null : formatUsd(decision.bestAsk),
    bookReadAt: isoTimeOrNull(decision.bookReadAt),
    figures: explanation.figures,
    actions: decision.actions,
  };
}
