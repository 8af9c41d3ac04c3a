const isoTimeShape = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A time of ISO 8601 with its zone, such as `2026-11-23T18:00:00Z`, as ms since the epoch. Undefined if it is none. */
export function parseIsoTime(text: string): number | undefined {
  const [, day] = isoTimeShape.exec(text) ?? [];
  const time = Date.parse(text);
  return day === undefined || Number.isNaN(time) || !isDay(day) ? undefined : time;
}

/** ms since the epoch as ISO 8601 in UTC. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** The same for a time that may not have come. */
export function isoTimeOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : isoTime(milliseconds);
}

/** `Date` takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight) && isoTime(midnight).startsWith(day);
}
