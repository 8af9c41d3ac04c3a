import {
  readSettings,
  type SettingsStoreTools,
  type SettingsVersion,
  writeSettings,
} from '../../shared/store/settings-store.ts';
import type { PlannedChange } from './plan-change.ts';

/** Who changes something, and why; it is kept in the history. */
export interface ChangeTerms {
  readonly by: string;
  readonly reason: string;
  /** Close the breaker that was found open with it: both or neither. @default no */
  readonly closesBreaker?: boolean;
}

/** Either it is in force as this version, or somebody else was first, and nothing was written. */
export type WrittenChange =
  | { readonly kind: 'written'; readonly version: number }
  | { readonly kind: 'overtaken'; readonly current: SettingsVersion | undefined };

/**
 * Writes what was planned with its place in the history, unless what it was decided by has changed meanwhile.
 *
 * @throws StoreUnavailableError
 */
export async function writePlanned(
  tools: SettingsStoreTools,
  { found, after }: Pick<PlannedChange, 'found' | 'after'>,
  { by, reason, closesBreaker = false }: ChangeTerms,
): Promise<WrittenChange> {
  const note = { by, reason, at: tools.clock.now() };
  const version = await writeSettings(tools, found, after, note, { closesBreaker });
  if (version !== undefined) return { kind: 'written', version };
  const { current } = await readSettings(tools);
  return { kind: 'overtaken', current };
}
