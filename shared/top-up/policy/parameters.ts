import type { Usd } from '../../ledger/decimal.ts';

/** What the stage says about buying one instrument; each is required but the emergency price. */
export interface BuyingBounds {
  /** USD per Unit that are paid at most. */
  readonly maximumPrice: string;
  /** Whole Units of one order at most. */
  readonly maximumQuantity: number;
  /** USD; every price is a multiple of it. */
  readonly priceTick: string;
  /** What fees may add to an order's cost, in hundredths of a percent. */
  readonly feeBasisPoints: number;
  /** USD per Unit that are paid at most while stock is dangerously low. Absent: never more than the maximum price. */
  readonly emergencyPrice?: string;
}

export interface AdaptiveSettings {
  reviewMinutes: number; lotLifeMinutes: number; minimumUnits: number; coverMinutes: number; needMinutes: number; dangerMinutes: number;
  shortageCost: number; patienceGain: number; headroom: number; recentMinutes: number; historyDays: number; neighbours: number;
  fastHalfLifeMinutes: number; slowHalfLifeMinutes: number; peakQuantile: number; patienceMinutes: number; limitFirst: number;
  [k: string]: number;
}
export type TopUpParameters = BuyingBounds & Partial<AdaptiveSettings>;
export const defaults: AdaptiveSettings = {
  reviewMinutes: 1, lotLifeMinutes: 240, minimumUnits: 0.25, coverMinutes: 4, needMinutes: 10, dangerMinutes: 1.5,
  shortageCost: 0.05, patienceGain: 0.0005, headroom: 1.15, recentMinutes: 90, historyDays: 7, neighbours: 48,
  fastHalfLifeMinutes: 4, slowHalfLifeMinutes: 45, peakQuantile: 0.98, patienceMinutes: 10, limitFirst: 1, w2: 0.5, wt: 1, wage: 0.05, strictSlots: 1, prior: 0.25, amp: 1, reorderMinutes: 3,
};
export type _Usd = Usd;
