/** How the market's time runs against the wall clock. */
export type ClockSetting =
  | { readonly mode: 'real' }
  | { readonly mode: 'accelerated'; readonly factor: number }
  | { readonly mode: 'stepped'; readonly startAt?: string | undefined };

/** The market's time. Everything that matches, burns, expires or lags reads this clock and no other. */
export interface MarketClock {
  /** Milliseconds since 1970, in market time. Never goes back. */
  now(): number;
  /** Moves market time forward, whatever the mode. */
  advance(milliseconds: number): void;
  /** Changes how time runs from here on, without a jump. A `startAt` in the past is refused by the caller. */
  set(setting: ClockSetting): void;
  setting(): ClockSetting;
  /** All that is needed to go on later as if the clock had never been away. */
  state(): ClockState;
  /** Goes on from a state: the market has lived on since. Never goes back behind the present of this clock. */
  resume(state: ClockState): void;
}

/** A moment at which market time and wall time were known together, and how market time runs from there. */
export interface ClockState {
  readonly setting: ClockSetting;
  /** Milliseconds since 1970, in market time. */
  readonly market: number;
  /** Milliseconds since 1970, on the wall clock. */
  readonly wall: number;
}

/** Market milliseconds that pass in one wall millisecond. */
export function speedOf(setting: ClockSetting): number {
  if (setting.mode === 'stepped') return 0;
  return setting.mode === 'real' ? 1 : setting.factor;
}

/**
 * A clock that is computed when it is read: there is no timer behind it. In stepped mode it stands still
 * until it is advanced, which is what lets a test cover hours without waiting.
 */
export function createMarketClock(initial: ClockSetting, wallClock: () => number): MarketClock {
  let setting = initial;
  let anchorWall = wallClock();
  let anchorMarket =
    initial.mode === 'stepped' && initial.startAt !== undefined ? Date.parse(initial.startAt) : anchorWall;
  const now = () => {
    const elapsed = Math.max(0, wallClock() - anchorWall);
    return anchorMarket + Math.floor(elapsed * speedOf(setting));
  };
  const anchor = (market: number) => {
    anchorMarket = market;
    anchorWall = wallClock();
  };
  return {
    now,
    advance: (milliseconds) => anchor(now() + milliseconds),
    set: (next) => {
      const start = next.mode === 'stepped' && next.startAt !== undefined ? Date.parse(next.startAt) : now();
      anchor(Math.max(now(), start));
      setting = next;
    },
    setting: () => setting,
    state: () => ({ setting, market: anchorMarket, wall: anchorWall }),
    resume: (state) => {
      const present = now();
      setting = state.setting;
      anchorMarket = state.market;
      anchorWall = state.wall;
      if (now() < present) anchor(present);
    },
  };
}
