/** What a run, or many, went through. */
export interface Statistics {
  runs: number;
  events: number;
  /** Virtual time, ms. */
  virtualMs: number;
  ticks: number;
  apiCalls: number;
  /** Orders recorded. */
  records: number;
  /** Requests with an order that left. */
  posts: number;
  /** Orders that the exchange took. */
  taken: number;
  unknownOutcomes: number;
  refusedOutcomes: number;
  kills: number;
  timeOuts: number;
  freezes: number;
  storeOutages: number;
  /** Orders that ended as ABANDONED, whatever became of them later. */
  abandoned: number;
  /** Orders that were seen at the exchange after their end. */
  lateSightings: number;
  /** Times that an order took more from its budgets than it held there. */
  overruns: number;
  breakerOpenings: number;
  /** Orders that were refused by a limit or a stop, unrecorded. */
  stopped: number;
  overBudget: number;
  cancels: number;
  /** Requests with a transfer that left. */
  transferPosts: number;
  /** Transfers that the exchange took on. */
  transfersTaken: number;
  transfersAbandoned: number;
  /** Reservations that were made. */
  reservations: number;
  /** Orders of others on the same account. */
  foreignOrders: number;
  /** Second orders of one request, made by the exchange. */
  twins: number;
  /** Of these, how many the service noticed and stopped buying for. */
  twinsDetected: number;
  /** Tables that were lost, restored and taken into use. */
  restores: number;
  /** Orders that a table had only recorded at the moment that it was restored to. */
  perhapsSent: number;
  /** Orders that a restored table did not know, and that were taken up. */
  adopted: number;
  /** Orders that a restored table did not know and the exchange had not, and that were sent once more. */
  sentAgain: number;
  /** Repetitions of keys from before a loss that were answered from the record after it, ... */
  replayedAfterRestore: number;
  /** ... and those of them of orders that were taken up. */
  adoptedReplayed: number;
}

export function noStatistics(): Statistics {
  return {
    runs: 0,
    events: 0,
    virtualMs: 0,
    ticks: 0,
    apiCalls: 0,
    records: 0,
    posts: 0,
    taken: 0,
    unknownOutcomes: 0,
    refusedOutcomes: 0,
    kills: 0,
    timeOuts: 0,
    freezes: 0,
    storeOutages: 0,
    abandoned: 0,
    lateSightings: 0,
    overruns: 0,
    breakerOpenings: 0,
    stopped: 0,
    overBudget: 0,
    cancels: 0,
    transferPosts: 0,
    transfersTaken: 0,
    transfersAbandoned: 0,
    reservations: 0,
    foreignOrders: 0,
    twins: 0,
    twinsDetected: 0,
    restores: 0,
    perhapsSent: 0,
    adopted: 0,
    sentAgain: 0,
    replayedAfterRestore: 0,
    adoptedReplayed: 0,
  };
}

/** Adds what one saw to another. */
export function addStatistics(total: Statistics, more: Statistics): void {
  for (const name of Object.keys(total) as (keyof Statistics)[]) total[name] += more[name];
}
