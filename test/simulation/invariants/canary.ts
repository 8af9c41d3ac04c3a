/** Stands for everything secret. It is in what fails and in what answers, and must never be in a log line. */
export const canary = 'canary-7f3a1c';
