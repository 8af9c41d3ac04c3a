/** How long things take at the exchange, and what follows: for orders and for everything else that is sent once. */

/** The exchange takes a signature for 30 s, its clock may be 30 s off, and it may need 60 s to list what it took. */
export const verdictDelayMs = 120_000;
/** Nothing is begun with less time than recording, sending and recording again may take. */
export const timeNeededMs = 10_000;
/** A signature older than this may be refused on arrival; a process that was frozen for so long does not send. */
export const oldestSignatureMs = 25_000;
/** What was recorded this long ago and not claimed will not be sent any more. */
export const neverSentAfterMs = 60_000;
/** "Not found" is held against a record only when it is this old, ... */
export const missAfterMs = 300_000;
/** ... this long after the last time, ... */
export const betweenMissesMs = 60_000;
/** ... and so many times. */
export const missesUntilAbandoned = 3;
/** How far around its own times a record is looked for at the exchange: clocks differ. */
export const scanMarginMs = 120_000;
