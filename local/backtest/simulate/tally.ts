/** What happened in the scored days. Units in steps, money in cents. */
export interface Tally {
  minutes: number;
  demand: number;
  used: number;
  unserved: number;
  bought: number;
  /** Of `bought`, what our resting orders got. */
  boughtAsMaker: number;
  expired: number;
  spent: number;
  /** Minutes in which an application was refused, and those of them in which the ask was above what the policy may pay. */
  outMinutes: number;
  pricedOutMinutes: number;
  reviews: number;
  orders: number;
  cancels: number;
  /** Orders that the policy wanted although it had an unfinished one of the same purpose. Production places none of them. */
  refusedOrders: number;
  signedRequests: number;
}

export function emptyTally(): Tally {
  return {
    minutes: 0,
    demand: 0,
    used: 0,
    unserved: 0,
    bought: 0,
    boughtAsMaker: 0,
    expired: 0,
    spent: 0,
    outMinutes: 0,
    pricedOutMinutes: 0,
    reviews: 0,
    orders: 0,
    cancels: 0,
    refusedOrders: 0,
    signedRequests: 0,
  };
}
