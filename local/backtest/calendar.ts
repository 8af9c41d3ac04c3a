export const minutesPerDay = 1440;

const learningDays = 1;

/** The first minute that is scored: before it, policies learn. */
export const scoredFrom = learningDays * minutesPerDay;

/** A lot's life in the consumption account. */
export const lotLifeMinutes = 240;

/** The moment that minute 0 of every trace stands for: a Monday, so that the last two of seven days are a weekend. */
export const firstMoment = Date.UTC(2026, 0, 5);

export const msPerMinute = 60_000;

/** Of the days of a trace. */
export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
