import { describe, expect, it } from 'vitest';
import type { KeyVerdict } from '../../../shared/keys/key-check.ts';
import type { KeyVault, Labels } from '../../../shared/keys/key-vault.ts';
import { type KeyAction, manageKeys } from '../../../shared/keys/manage-keys.ts';
import { generateKeyPair } from '../../../shared/signing/key-pair.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { memoryVault } from './support/memory-vault.ts';

const [old, young] = [generateKeyPair(), generateKeyPair()];
const privateKeys = { old: old.privateKey, young: young.privateKey, copy: old.privateKey };
const unclear: KeyVerdict = { kind: 'unclear', reason: 'unavailable, 503, http-503' };

interface Situation {
  readonly labels: Partial<Labels>;
  /** What the exchange says to each key. @default that both are accepted */
  readonly old?: KeyVerdict['kind'];
  readonly young?: KeyVerdict['kind'];
  readonly spoil?: (vault: KeyVault) => Partial<KeyVault>;
}

function world(situation: Situation) {
  const memory = memoryVault(privateKeys, situation.labels);
  const vault = { ...memory.vault, ...situation.spoil?.(memory.vault) };
  const log = createRecordedLog();
  const asked: string[] = [];
  const checkKey = async ({ fingerprint }: { fingerprint: string }): Promise<KeyVerdict> => {
    const name = fingerprint === old.fingerprint ? 'old' : 'young';
    asked.push(name);
    const kind = situation[name] ?? 'accepted';
    return kind === 'unclear' ? unclear : { kind };
  };
  const clock = { now: () => Date.UTC(2026, 0, 8, 12) };
  const manage = (action: KeyAction) => manageKeys({ vault, checkKey, clock, log }, action);
  return { manage, asked, lines: log.lines, ...memory };
}

const rotating = { current: 'old', pending: 'young' };
const promoted = { current: 'young', pending: 'young', previous: 'old' };

describe('promoting', () => {
  it('moves the current label to a key that the exchange accepts, after it has asked', async () => {
    const { manage, labels, asked } = world({ labels: rotating });
    expect(await manage('promote')).toMatchObject({ ok: true, code: 'promoted' });
    expect(labels()).toEqual(promoted);
    expect(asked).toEqual(['young']);
  });

  it('changes nothing when it is repeated', async () => {
    const { manage, changes } = world({ labels: rotating });
    await manage('promote');
    expect(await manage('promote')).toMatchObject({ ok: true, code: 'already-current' });
    expect(changes).toHaveLength(1);
  });

  it('takes a key that was rolled back once more', async () => {
    const { manage, labels } = world({ labels: { current: 'old', pending: 'young', previous: 'young' } });
    expect(await manage('promote')).toMatchObject({ code: 'promoted' });
    expect(labels()).toEqual(promoted);
  });

  it('replaces a current key that cannot be used', async () => {
    const { manage, labels } = world({ labels: { current: 'broken', pending: 'young' } });
    expect(await manage('promote')).toMatchObject({ code: 'promoted' });
    expect(labels().current).toBe('young');
  });

  it.each<[string, Situation]>([
    ['nothing-pending', { labels: { current: 'old' } }],
    ['same-key-twice', { labels: { current: 'old', pending: 'copy' } }],
    ['key-unusable', { labels: { current: 'old', pending: 'broken' } }],
    ['key-not-registered', { labels: rotating, young: 'refused' }],
    ['exchange-unclear', { labels: rotating, young: 'unclear' }],
    [
      'changed-meanwhile',
      {
        labels: rotating,
        spoil: ({ load }) => ({ load: async (stage) => ({ ...(await load(stage)), versionId: 'newer' }) }),
      },
    ],
    [
      'changed-meanwhile',
      {
        labels: rotating,
        spoil: ({ moveCurrent }) => ({ moveCurrent: (_from, to) => moveCurrent('x', to) }),
      },
    ],
  ])('refuses with %s, and changes nothing', async (code, situation) => {
    const { manage, changes } = world(situation);
    expect(await manage('promote')).toMatchObject({ ok: false, code });
    expect(changes).toEqual([]);
  });
});

describe('finishing', () => {
  it('takes the labels of a key that the exchange refuses', async () => {
    const { manage, changes, labels } = world({ labels: promoted, old: 'refused' });
    expect(await manage('finish')).toMatchObject({ ok: true, code: 'finished' });
    expect(changes).toEqual(['no pending', 'no previous']);
    expect(await manage('finish')).toMatchObject({ ok: true, code: 'nothing-to-finish' });
    expect(labels()).toEqual({ current: 'young', pending: undefined, previous: undefined });
  });

  it('leaves the pending label of the next rotation', async () => {
    const { manage, labels } = world({
      labels: { current: 'young', pending: 'next', previous: 'old' },
      old: 'refused',
    });
    expect(await manage('finish')).toMatchObject({ code: 'finished' });
    expect(labels()).toEqual({ current: 'young', pending: 'next', previous: undefined });
  });

  it('drops a key that was rolled back and is refused', async () => {
    const { manage, labels } = world({
      labels: { current: 'old', pending: 'young', previous: 'young' },
      young: 'refused',
    });
    expect(await manage('finish')).toMatchObject({ code: 'finished' });
    expect(labels()).toEqual({ current: 'old', pending: undefined, previous: undefined });
  });

  it.each<[string, Situation]>([
    ['old-key-still-accepted', { labels: promoted }],
    ['current-key-refused', { labels: promoted, young: 'refused', old: 'refused' }],
    ['exchange-unclear', { labels: promoted, young: 'unclear', old: 'refused' }],
    ['exchange-unclear', { labels: promoted, old: 'unclear' }],
    ['key-unusable', { labels: { ...promoted, previous: 'broken' } }],
  ])('refuses with %s, and changes nothing', async (code, situation) => {
    const { manage, changes } = world(situation);
    expect(await manage('finish')).toMatchObject({ ok: false, code });
    expect(changes).toEqual([]);
  });
});

describe('showing', () => {
  it('gives the public half of each labelled key, its age, and what the exchange makes of it', async () => {
    const { manage } = world({ labels: rotating, young: 'refused' });
    const shown = { versionId: 'old', ageDays: 7, label: 'current', exchange: 'accepts it' };
    expect(await manage('show')).toMatchObject({
      ok: true,
      code: 'shown',
      keys: [
        { ...shown, publicKey: old.publicKey },
        {
          ...shown,
          versionId: 'young',
          publicKey: young.publicKey,
          label: 'pending',
          exchange: 'refuses it',
        },
      ],
    });
  });
});

it('nothing that is logged or answered holds a private key or a fingerprint', async () => {
  const spoken: unknown[] = [];
  for (const verdict of ['accepted', 'refused', 'unclear'] as const) {
    for (const labels of [rotating, promoted, { current: 'old', pending: 'broken' }]) {
      for (const action of ['show', 'promote', 'finish'] as const) {
        const { manage, lines } = world({ labels, old: verdict, young: verdict });
        spoken.push(await manage(action), lines);
      }
    }
  }
  const text = JSON.stringify(spoken);
  for (const { privateKey, fingerprint } of [old, young]) {
    expect(text).not.toContain(privateKey);
    expect(text).not.toContain(fingerprint);
  }
});
