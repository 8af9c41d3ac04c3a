/** A purchase's Units that are not used up. */
export interface Lot {
  readonly expiresAt: number;
  /** Units; may be a fraction. */
  readonly remaining: number;
}

export interface TopUpState {
  readonly version: 1;
  readonly at: number;
  readonly startedAt: number;
  readonly lots: readonly Lot[];
  readonly fastRate: number;
  readonly slowRate: number;
  /** Use by minute; `until` is the minute after the newest one. */
  readonly recent: { readonly until: number; readonly units: readonly number[] };
  /** The open five minutes. -1 units: not observed */
  readonly bucket: { readonly index: number; readonly units: number };
  readonly days: Readonly<Record<string, readonly number[]>>;
  readonly forecast: Forecast;
  readonly price: PriceMemory;
  readonly asleep: boolean;
  readonly hookSeen: boolean;
}
export interface PriceMemory { readonly fair: number; readonly spread: number; readonly samples: number; readonly asks: readonly number[] }
export interface Forecast {
  readonly bucket: number;
  readonly level: number;
  readonly short: number;
  readonly peak4: number;
  readonly sure: number;
}
