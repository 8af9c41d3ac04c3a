/**
 * How far a run goes beyond what the design assumes: A and R not at all. In R the table is lost on the way, and restored from
 * a backup; B and D ask too much of the exchange.
 */
export type FaultClass = 'A' | 'B' | 'D' | 'R';

export const faultClasses = ['A', 'B', 'D', 'R'] as const satisfies readonly FaultClass[];

/** Whether the exchange is as the design assumes that it is. */
export function isWithinAssumptions({ faultClass }: { readonly faultClass: FaultClass }): boolean {
  return faultClass === 'A' || faultClass === 'R';
}

/**
 * What goes wrong in a run and how strongly. Probabilities are per opportunity, times in ms; zero is off. The fields
 * can be changed while a run goes on: healing sets them to nothing.
 */
export interface FaultPlan {
  /** A command to the store fails and had no effect. */
  storeFailsBefore: number;
  /** A command to the store took effect and its answer is lost. */
  storeFailsAfter: number;
  /** A transaction is refused because another one was at the same item. */
  storeConflict: number;
  /** A read of many items leaves one of them for another request, per item. */
  storeLeavesUnread: number;
  /** A store call takes seconds. */
  storeIsSlow: number;
  /** Buying is stopped while an order is on its way out, per order. */
  stopWhileSending: number;
  /** The settings are changed while they are decided by, each time that they are read. */
  settingsChange: number;
  /** Times without any store, per hour. */
  storeOutagesPerHour: number;
  /** An invocation is killed at one of its port calls. */
  kill: number;
  /** An invocation is frozen at one of its port calls, for up to 80 s. */
  freeze: number;
  /** No usable signing key. */
  keyMissing: number;
  /** The order never gets to the exchange. */
  requestLost: number;
  /** The order gets to the exchange 3-70 s late. */
  requestStalled: number;
  /** No connection comes about, and the client knows. */
  notSent: number;
  /** The exchange has taken the order and its answer is lost. */
  answerLost: number;
  /** The exchange has taken the order and its answer cannot be read. */
  answerSpoilt: number;
  /** A well-formed refusal of an order that was not taken. */
  refusal: number;
  /** A well-formed refusal of an order that was taken. */
  lyingRefusal: number;
  /** The exchange rejects an order that it has accepted. */
  rejectedAfterAcceptance: number;
  /** The exchange expires a resting order by itself. */
  expiry: number;
  /** A second order comes of one request. */
  twin: number;
  /** Up to so long after the request the order exists. */
  admissionLagMs: number;
  /** Orders are shown as they were up to so long ago. */
  listLagMs: number;
  /** Orders are matched up to so long after they exist. */
  fillDelayMs: number;
  /** Others buy what is cheapest just before an order is matched. */
  bookMoves: number;
  /** A fill shows up to so long after the cancellation that it beat. */
  cancelRaceMs: number;
  /** Balances are shown as they were up to so long ago. */
  balanceLagMs: number;
  /** Bought Units move to consumption up to so long after the fill. */
  transferDelayMs: number;
  /** The exchange fails before it takes an order, and says so with a 503. */
  exchangeFails: number;
  /** Orders are shown with a status word that nobody knows. */
  statusUnknown: number;
  /** The exchange refuses every key for some minutes, times per hour. */
  keyRefusalsPerHour: number;
  /** The key is changed and the old one revoked within minutes, times per hour. */
  keyChangesPerHour: number;
  /** An order with a client order id of ours that nobody has recorded, times per hour. */
  orphansPerHour: number;
  /** Others order on the same account, times per hour. */
  ordersOfOthersPerHour: number;
  /** A read gets no answer. */
  readFails: number;
  /** A listing leaves orders out, and says so. */
  scanIncomplete: number;
  /** Orders are shown without their client order id. */
  clientIdHidden: number;
  /** Orders are shown without price and fee. */
  costHidden: number;
  /** The market is suspended for a while, times per hour. */
  suspensionsPerHour: number;
  /** A tick is delivered twice. */
  tickTwice: number;
  /** A tick is delivered up to two minutes, or hours, late. */
  tickLate: number;
  /** The administrator pauses buying for a while, times per hour. */
  pausesPerHour: number;
}

export type FaultName = keyof FaultPlan;
