/** When the store is not there at all. */
export interface StoreOutages {
  /** Down before this time, ms since the epoch. */
  until: number;
}
