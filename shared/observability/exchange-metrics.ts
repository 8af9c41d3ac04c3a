import type { ExchangeWatch } from '../exchange/signed-requests.ts';
import type { Log } from './log.ts';
import type { MetricSink } from './metric-sink.ts';
import { metricNames } from './names.ts';

/** Measures how long the exchange takes to answer what is sent once only. */
export function emitPosts(emit: MetricSink): ExchangeWatch {
  return {
    posted: (milliseconds) => emit(metricNames.postDuration, milliseconds),
    unfamiliar: () => {},
  };
}

/** A person looks up a few names; an answer that is broken altogether can hold thousands. */
const mostNames = 20;

/** What the answers to a check held that is not known: names of fields only, never what is in them. */
export function emitUnfamiliar(
  { log, emitMetric }: { readonly log: Log; readonly emitMetric: MetricSink },
  names: ReadonlySet<string>,
): void {
  if (names.size > 0)
    log.warn('answer-unfamiliar', { names: [...names].toSorted().slice(0, mostNames).join(' ') });
  emitMetric(metricNames.unfamiliarAnswers, names.size);
}
