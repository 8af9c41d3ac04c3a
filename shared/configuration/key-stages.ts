/**
 * The labels that say what a version of the secret is for. Secrets Manager moves `AWSPREVIOUS` by itself whenever
 * `AWSCURRENT` moves. The pending label is our own: `AWSPENDING` belongs to Secrets Manager's rotation, which would take
 * a version that waits for a person for a rotation that hangs.
 */
export const keyStages = {
  /** The key that signs. */
  current: 'AWSCURRENT',
  /** A key that is to become current once the exchange knows it. */
  pending: 'GRID_PENDING',
  /** The key before the current one: the way back. */
  previous: 'AWSPREVIOUS',
} as const;

export type KeyStage = (typeof keyStages)[keyof typeof keyStages];
