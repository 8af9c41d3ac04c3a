import { describe, expect, it } from 'vitest';
import {
  describeInForce,
  describeSettings,
  differencesBetween,
  lineOf,
} from '../../../shared/settings/differences.ts';
import { type Assignment, withAssignments, withoutPaths } from '../../../shared/settings/edit.ts';
import { problemsUnder } from '../../../shared/settings/problems-under.ts';
import { raisesBetween } from '../../../shared/settings/raises.ts';
import { newStageSettings, parseSettings, type Settings } from '../../../shared/settings/settings.ts';
import { deployment } from './support.ts';

const assignmentsOf = (words: readonly string[]): readonly Assignment[] =>
  words.map((word) => ({ path: word.split('=')[0] ?? '', value: word.split('=')[1] ?? '' }));

/** Settings with these, written `path=value`. */
function having(...words: readonly string[]): Settings {
  const { settings, problems } = parseSettings(
    withAssignments(newStageSettings, assignmentsOf(words), deployment),
  );
  if (settings === undefined) throw new Error(problems.join('\n'));
  return settings;
}
const problemsOf = (...words: readonly string[]): readonly string[] => {
  const { settings, problems } = parseSettings(
    withAssignments(newStageSettings, assignmentsOf(words), deployment),
  );
  return settings === undefined ? problems : problemsUnder(settings, deployment);
};

describe('setting by path', () => {
  it('takes money as text, counts as numbers and switches as what they are', () => {
    expect(
      having(
        'spendingLimits.perDay=100',
        'spendingLimits.ordersPerHour=5',
        'instruments.by-hand.paused=true',
      ),
    ).toEqual({
      mode: 'DRY_RUN',
      spendingLimits: { perDay: '100', ordersPerHour: 5 },
      instruments: { 'by-hand': { paused: true } },
    });
  });

  it.each([
    ['live', 'LIVE'],
    ['dry-run', 'DRY_RUN'],
    ['PAUSED', 'PAUSED'],
  ])('takes the mode as people name it: %s', (word, mode) => {
    expect(having(`mode=${word}`)).toMatchObject({ mode });
  });

  it('takes the rest of a top-up from the deployment, so that one setting changes one', () => {
    expect(having('instruments.chat-prime.topUp.shortageCost=2').instruments['chat-prime']?.topUp).toEqual({
      policy: 'adaptive',
      emergencyPrice: '3.00',
      coverMinutes: 8,
      shortageCost: 2,
    });
  });

  it('begins another policy without settings of the one before, and keeps the same one as it is', () => {
    const topUp = 'instruments.chat-prime.topUp';
    const other = having(
      `${topUp}.policy=threshold`,
      `${topUp}.minimumUnits=5`,
      `${topUp}.quantity=3`,
      `${topUp}.limitPrice=2.00`,
    );
    expect(other.instruments['chat-prime']?.topUp).toEqual({
      policy: 'threshold',
      minimumUnits: 5,
      quantity: 3,
      limitPrice: '2.00',
    });
    expect(having(`${topUp}.policy=adaptive`).instruments['chat-prime']?.topUp).toMatchObject({
      coverMinutes: 8,
    });
    expect(problemsOf(`${topUp}.policy=threshold`)).toEqual([
      'instruments.chat-prime.topUp.minimumUnits: is missing',
      'instruments.chat-prime.topUp.quantity: is missing',
      'instruments.chat-prime.topUp.limitPrice: is missing',
    ]);
  });

  it('cannot reach what is not in the document', () => {
    const edited = withAssignments(newStageSettings, assignmentsOf(['__proto__.polluted=true']), deployment);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Object.getPrototypeOf(edited)).toBe(Object.prototype);
    expect(problemsOf('constructor.name=x')).toEqual(['constructor: is not a setting']);
    expect(problemsOf('instruments.by-hand.topUp=x')).toEqual([
      'instruments.by-hand.topUp: must name a policy: "adaptive", "threshold" or "price-aware"',
    ]);
  });

  it('leaves the settings before it as they were', () => {
    const before = having('instruments.by-hand.paused=true');
    withAssignments(before, assignmentsOf(['instruments.by-hand.paused=false']), deployment);
    withoutPaths(before, ['instruments.by-hand.paused']);
    expect(before).toEqual(having('instruments.by-hand.paused=true'));
  });
});

describe('unsetting by path', () => {
  it('removes what is there with what it leaves empty, and names what is not', () => {
    const before = having('instruments.by-hand.paused=true', 'spendingLimits.perDay=1');
    expect(withoutPaths(before, ['instruments.by-hand.paused', 'instruments.by-hand.maximumPrice'])).toEqual({
      edited: { mode: 'DRY_RUN', spendingLimits: { perDay: '1' } },
      problems: ['instruments.by-hand.maximumPrice: is not set'],
    });
    expect(withoutPaths(before, ['toString']).problems).toEqual(['toString: is not set']);
  });
});

describe('what a stage does not allow', () => {
  it('is told all at once, with where and what to do', () => {
    expect(
      problemsOf(
        'spendingLimits.perDay=200.01',
        'spendingLimits.ordersPerHour=61',
        'instruments.chat-prime.maximumPrice=2.51',
        'instruments.chat-prime.topUp.emergencyPrice=3.01',
        'instruments.code-prime.topUp.quantity=51',
        'instruments.code-prime.topUp.limitPrice=3.001',
        'instruments.by-hand.maximumPrice=0.001',
        'instruments.by-hand.topUp.policy=adaptive',
        'instruments.gone.paused=true',
      ),
    ).toEqual([
      "spendingLimits.perDay: is above what the stage's file allows, 200.00; settings only make it less",
      "spendingLimits.ordersPerHour: is above what the stage's file allows, 60; settings only make it less",
      "instruments.chat-prime.maximumPrice: is above what the stage's file allows, 2.50; settings only make it less",
      "instruments.chat-prime.topUp.emergencyPrice: is above what the stage's file allows, 3.00; settings only make it less",
      'instruments.code-prime.topUp.quantity: must be at most maximumQuantity',
      'instruments.code-prime.topUp.limitPrice: must be a multiple of priceTick',
      'instruments.by-hand.maximumPrice: is below the price tick, 0.01',
      "instruments.by-hand.topUp: the stage's file has none, and alarms come with a deployment",
      'instruments.gone: is no instrument of the stage, which has chat-prime, code-prime, by-hand; its file and a deployment add one',
    ]);
  });

  it('is not what it has itself', () => {
    expect(
      problemsOf(
        'spendingLimits.perDay=200',
        'instruments.chat-prime.maximumPrice=2.5',
        'instruments.code-prime.topUp.quantity=50',
      ),
    ).toEqual([]);
  });
});

describe('what lets more be bought', () => {
  const raises = (before: Settings, after: Settings) => raisesBetween(before, after, deployment);
  const live = { ...newStageSettings, mode: 'LIVE' } as const;

  it('is going live, and no other mode', () => {
    expect(raises(newStageSettings, live)).toEqual(['the mode becomes LIVE']);
    expect(raises(live, { ...live, mode: 'PAUSED' })).toEqual([]);
    expect(raises(live, live)).toEqual([]);
  });

  it.each([
    ['spendingLimits.perDay=100', 'spendingLimits.perDay rises from 100.00 to 200.00'],
    ['spendingLimits.ordersPerHour=5', 'spendingLimits.ordersPerHour rises from 5 to 60'],
    ['instruments.by-hand.maximumPrice=0.50', 'instruments.by-hand.maximumPrice rises from 0.50 to 1.00'],
    ['instruments.by-hand.paused=true', 'the buying of by-hand rises from paused to allowed'],
    [
      'instruments.code-prime.topUp.quantity=5',
      'the largest top-up of code-prime rises from 5 Units to 10 Units',
    ],
    [
      'instruments.code-prime.topUp.limitPrice=3.00',
      'the highest price of a top-up of code-prime rises from 3.00 to 3.50',
    ],
    ['instruments.code-prime.topUp.minimumUnits=9', undefined],
  ])('is to take back %s', (word, expected) => {
    expect(raises(having(word), newStageSettings)).toEqual(expected === undefined ? [] : [expected]);
    expect(raises(newStageSettings, having(word))).toEqual([]);
  });

  it('is what is in force: a cap above that of the stage raises nothing', () => {
    const wide = { ...newStageSettings, spendingLimits: { perDay: '9999.00' } };
    expect(raises(newStageSettings, wide)).toEqual([]);
  });
});

describe('the difference', () => {
  it('names each path with what it was and what it becomes, and where that comes from', () => {
    const before = having('spendingLimits.perDay=150');
    const after = having('spendingLimits.perDay=100', 'instruments.by-hand.paused=true');
    const described = (settings: Settings) => describeSettings(settings, deployment);
    const linesBetween = (one: Settings, other: Settings) =>
      differencesBetween(described(one), described(other)).map(lineOf);
    expect(linesBetween(before, after)).toEqual([
      'spendingLimits.perDay: 150 -> 100',
      'instruments.by-hand.paused: false (stage) -> true',
    ]);
    expect(linesBetween(before, newStageSettings)).toEqual(['spendingLimits.perDay: 150 -> 200.00 (stage)']);
  });

  it('of another policy shows what goes with the one before', () => {
    const after = having('instruments.code-prime.topUp.policy=adaptive');
    const lines = differencesBetween(
      describeSettings(newStageSettings, deployment),
      describeSettings(after, deployment),
    ).map(lineOf);
    expect(lines).toContain('instruments.code-prime.topUp.policy: threshold (stage) -> adaptive');
    expect(lines).toContain('instruments.code-prime.topUp.quantity: 10 (stage) -> not set');
  });
});

describe('what is in force', () => {
  const inForce = (settings: Settings) => Object.fromEntries(describeInForce(settings, deployment));

  it('is what the stage has, or what was set, each with where it comes from', () => {
    const described = inForce(having('spendingLimits.perDay=150', 'instruments.by-hand.paused=true'));
    expect(described).toMatchObject({
      'spendingLimits.perDay': { value: '150.00', origin: 'set' },
      'spendingLimits.perMonth': { value: '2000.00', origin: 'deployed' },
      'instruments.by-hand.paused': { value: 'true', origin: 'set' },
      'instruments.code-prime.paused': { value: 'false', origin: 'deployed' },
      'instruments.chat-prime.topUp.coverMinutes': { value: '8', origin: 'deployed' },
    });
  });

  it('is never beyond what the stage allows, nor beyond another setting', () => {
    const wide = { ...newStageSettings, spendingLimits: { perDay: '9999.00' } };
    expect(inForce(wide)['spendingLimits.perDay']).toEqual({ value: '200.00', origin: 'bound' });
    const cheap = inForce(having('instruments.code-prime.maximumPrice=2.00'));
    expect(cheap['instruments.code-prime.topUp.limitPrice']).toEqual({ value: '2.00', origin: 'bound' });
    const cheaper = inForce(having('instruments.chat-prime.maximumPrice=2.00'));
    expect(cheaper).not.toHaveProperty(['instruments.chat-prime.topUp.emergencyPrice']);
  });
});
