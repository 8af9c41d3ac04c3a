/** What the administrator's settings are, and what they were when a check last looked. */
export interface SettingsMemory {
  /** A mark of everything that is set now: another one if anything is set otherwise. */
  current(): Promise<string>;
  /** The mark that was noted last; undefined if none was. */
  lastSeen(): Promise<string | undefined>;
  note(mark: string): Promise<void>;
}

/**
 * Tells whether the settings have changed since a check last looked: nobody who spends may set what may be spent, so a
 * person should hear of each change. It is told before it is noted, and so once more rather than never. The first look
 * of a stage has nothing to compare with.
 *
 * @throws StoreUnavailableError
 */
export async function watchSettings(
  memory: SettingsMemory,
  tell: (haveChanged: boolean) => void,
): Promise<void> {
  const [current, before] = await Promise.all([memory.current(), memory.lastSeen()]);
  tell(before !== undefined && before !== current);
  if (before !== current) await memory.note(current);
}
