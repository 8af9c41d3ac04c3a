/** A stream of numbers that is the same for the same seed and name. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  fraction(): number;
  /** A whole number from `lowest` to `highest`, both included. */
  integer(lowest: number, highest: number): number;
  /** A version-4 shaped UUID. Seeded, so it repeats from run to run: for the simulator only. */
  uuid(): string;
}

/** FNV-1a over the text: turns a seed and a stream name into a 32-bit start state. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}

/**
 * Makes one stream. Each purpose (ids, each market's sellers, faults) takes its own stream, so that
 * turning one of them on does not shift the values of another.
 */
export function createRandom(seed: number, stream: string): Random {
  let state = hash(`${seed}/${stream}`);
  const next = (): number => {
    // mulberry32: 32 bits of state are plenty for a market that only has to look alive.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const fraction = () => next() / 0x1_0000_0000;
  const hex = () => next().toString(16).padStart(8, '0');
  return {
    fraction,
    integer: (lowest, highest) => lowest + Math.floor(fraction() * (highest - lowest + 1)),
    uuid: () => {
      const digits = `${hex()}${hex()}${hex()}${hex()}`;
      const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4);
      return [
        digits.slice(0, 8),
        digits.slice(8, 12),
        `4${digits.slice(13, 16)}`,
        `${variant}${digits.slice(17, 20)}`,
        digits.slice(20, 32),
      ].join('-');
    },
  };
}
