/** What came of an action, as a code that stays the same; what to do about it is in `keyMessages`. */
export type KeyCode = keyof typeof keyMessages;

/** One of the keys as it may be shown: the public half only. */
export interface ShownKey {
  readonly label: 'current' | 'pending' | 'previous';
  readonly versionId: string;
  /** Base64 of the 32 bytes, as registered at the exchange. */
  readonly publicKey: string;
  readonly ageDays: number | undefined;
  readonly exchange: 'accepts it' | 'refuses it' | 'did not say';
}

export interface KeyAnswer {
  /** Whether things are now as they were wanted. */
  readonly ok: boolean;
  readonly code: KeyCode;
  readonly message: string;
  readonly keys?: readonly ShownKey[];
}

export const keyMessages = {
  promoted:
    'The pending key is now the current one. Functions use it within five minutes. Wait ten, see an order or a check succeed, revoke the old key at the exchange, and finish the rotation.',
  'already-current': 'The pending key is the current one already. Nothing was changed.',
  'nothing-pending': 'There is no pending key. Make one, or store one, and register it first.',
  'same-key-twice':
    'The pending key is the current key once more, under another version. Make a new one; nothing was changed.',
  'key-not-registered':
    'The exchange refuses the pending key. Register its public half, wait a minute, and try again. The current key goes on signing.',
  finished: 'The exchange refuses the old key, and its label is gone. The rotation is done.',
  'nothing-to-finish': 'There is no previous key. Nothing was changed.',
  'old-key-still-accepted':
    'The exchange still accepts the old key. Revoke it there, then finish again. Its label stays.',
  'current-key-refused':
    'The exchange refuses the current key, so that its word on the old one means nothing. See whether the right key was revoked; rolling back helps if the old one is still registered.',
  shown: 'These are the keys in the secret.',
  examined: 'This is what the exchange says of the account.',
  'exchange-unclear': 'The exchange did not say clearly what it makes of the key. Try again in a minute.',
  'changed-meanwhile': 'Somebody else has changed the labels meanwhile. Look at them, and try again.',
  'key-unusable': 'A key in the secret cannot be used.',
  'secret-not-usable': 'The secret cannot be used.',
  'unknown-action': 'The action must be promote, finish, show or examine.',
} as const;

const successes: ReadonlySet<KeyCode> = new Set([
  'promoted',
  'already-current',
  'finished',
  'nothing-to-finish',
  'shown',
  'examined',
]);

/** @param detail joins the message; it must hold nothing of a key */
export function keyAnswer(code: KeyCode, detail?: string): KeyAnswer {
  const message = detail === undefined ? keyMessages[code] : `${keyMessages[code]} ${detail}`;
  return { ok: successes.has(code), code, message };
}
