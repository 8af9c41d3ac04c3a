import { createSimulator, type Simulator, type SimulatorStart } from './simulator.ts';

/** Has the simulator of the moment: a reset puts a new one in the place of the old one. */
export interface SimulatorHolder {
  current(): Simulator;
  /** Back to the start, with its seed or another one. */
  reset(seed: number | undefined): void;
  close(): void;
}

/** A simulator that ends with the process. */
export function holdInMemory(start: SimulatorStart): SimulatorHolder {
  let simulator = createSimulator(start);
  return {
    current: () => simulator,
    reset: (seed) => {
      simulator = createSimulator({ ...start, seed: seed ?? start.seed });
    },
    close: () => undefined,
  };
}
