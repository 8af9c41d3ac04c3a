/** A stream of random numbers that is the same for the same seed, with the distributions that demand and markets need. */
export interface Random {
  /** Uniform from 0 (included) to 1 (excluded). */
  fraction(): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
  exponential(mean: number): number;
  gamma(shape: number, scale: number): number;
  poisson(mean: number): number;
}

/** Above this mean the normal distribution stands in for Poisson's. */
const largePoissonMean = 40;

export function createRandom(seed: number): Random {
  const fraction = mulberry32(seed);
  const normal = polarNormal(fraction);
  return {
    fraction,
    normal,
    exponential: (mean) => -mean * Math.log(1 - fraction()),
    gamma: (shape, scale) => gamma(shape, scale, fraction, normal),
    poisson: (mean) => poisson(mean, fraction, normal),
  };
}

/** The mulberry32 generator: 32 bits of state, enough for a market that only has to look alive. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Marsaglia's polar method, which makes two numbers at a time. */
function polarNormal(fraction: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    let x: number;
    let y: number;
    let square: number;
    do {
      x = 2 * fraction() - 1;
      y = 2 * fraction() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    spare = y * factor;
    return x * factor;
  };
}

/** Marsaglia and Tsang's method; shapes below 1 by their boost. */
function gamma(shape: number, scale: number, fraction: () => number, normal: () => number): number {
  if (shape < 1) {
    const boosted = gamma(shape + 1, scale, fraction, normal);
    return boosted * (fraction() || 1e-12) ** (1 / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    let x: number;
    let cubeRoot: number;
    do {
      x = normal();
      cubeRoot = 1 + c * x;
    } while (cubeRoot <= 0);
    const cube = cubeRoot ** 3;
    if (Math.log(fraction() || 1e-300) < 0.5 * x * x + d - d * cube + d * Math.log(cube)) {
      return d * cube * scale;
    }
  }
}

/** Knuth's method: how many uniform factors until the product falls below e to the minus mean. */
function poisson(mean: number, fraction: () => number, normal: () => number): number {
  if (mean <= 0) return 0;
  if (mean > largePoissonMean) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
  const limit = Math.exp(-mean);
  let count = 0;
  let product = 1;
  do {
    count += 1;
    product *= fraction();
  } while (product > limit);
  return count - 1;
}
