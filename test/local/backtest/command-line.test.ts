import { describe, expect, it } from 'vitest';
import { policies, policyNames } from '../../../local/backtest/policies/catalogue.ts';
import { type ChartLook, chartLook } from '../../../local/backtest/runner/chart-look.ts';
import { parseCommandLine } from '../../../local/backtest/runner/command-line.ts';
import { help } from '../../../local/backtest/runner/help.ts';
import { usualConditions } from '../../../local/backtest/simulate/conditions.ts';

const noTerminal: ChartLook = chartLook({}, {});
const parse = (args: readonly string[], look = noTerminal) => parseCommandLine(args, look);

describe('the command line of the backtest', () => {
  it('runs every trace on both markets, under the usual conditions', () => {
    const { options, problems } = parse(['--all']);
    expect(problems).toEqual([]);
    expect(options).toMatchObject({
      traces: [],
      conditions: usualConditions,
      isJson: false,
    });
    expect(options.markets).toEqual([
      { kind: 'calm', seed: 1 },
      { kind: 'tight', seed: 1 },
    ]);
  });

  it('leaves variants of the deployed policy out of all traces, unless they are named', () => {
    const policiesOf = (args: string) => parse(args.split(' ')).options.policies;
    const plain = policyNames.filter((name) => policies[name].isVariant !== true);
    const variants = policyNames.filter((name) => policies[name].isVariant === true);
    expect(plain).toContain('adaptive');
    expect(variants.length).toBeGreaterThan(0);
    expect(policiesOf('--all')).toEqual(plain);
    expect(policiesOf('--all --policy all')).toEqual(policyNames);
    expect(policiesOf(`--all --policy ${variants.join(',')}`)).toEqual(variants);
    expect(policiesOf('--trace mine.csv')).toEqual(policyNames);
  });

  it('takes what differs', () => {
    const args =
      '--trace a.csv --trace b --policy script-netted,script-limit --market tight --markets 2 --seed 7 --json ' +
      '--review-every 5 --lost-reviews 5 --no-outages --balance-lag 10 --delivery-delay 1 --whole-balances --wake-up ' +
      '--instruments 20 --ending-reviews 0 --threads 1 --report out.html';
    const { options, problems } = parse(args.split(' '));
    expect(problems).toEqual([]);
    expect(options).toMatchObject({
      traces: ['a.csv', 'b'],
      policies: ['script-limit', 'script-netted'],
      markets: [
        { kind: 'tight', seed: 7 },
        { kind: 'tight', seed: 8 },
      ],
      conditions: {
        reviewEvery: 5,
        lostReviews: 0.05,
        hasOutages: false,
        balanceLag: 10,
        deliveryDelay: 1,
        wholeBalances: true,
        wakesUp: true,
        endingReviews: 0,
        instruments: 20,
      },
      threads: 1,
      isJson: true,
      report: 'out.html',
    });
  });

  it('tells all its problems at once', () => {
    const args =
      '--policy best --market wild --review-every 0 --seed x --lost-reviews 101 --colour stray --json=yes';
    expect(parse([...args.split(' '), '--report']).problems).toEqual([
      'there is no option --colour',
      '"stray" is not an option',
      '--json takes no value',
      '--report needs a value',
      '--seed must be a whole number from 1 to 1000000, not "x"',
      'say --all, or name a trace with --trace',
      `there is no policy "best"; there are ${policyNames.join(', ')}`,
      '--market must be calm, tight or all, not "wild"',
      '--review-every must be a whole number from 1 to 60, not "0"',
      '--lost-reviews must be a whole number from 0 to 100, not "101"',
    ]);
  });

  it('draws what is asked for, and one or two runs on a terminal by themselves', () => {
    const terminal = chartLook({ isTTY: true, columns: 200 }, { LANG: 'en_GB.UTF-8' });
    const drawn = (args: string, look = noTerminal) => parse(args.split(' '), look).options.charts;
    expect(drawn('--trace a --policy adaptive')).toBeUndefined();
    expect(drawn('--trace a --chart')).toMatchObject({ columns: 80, hasColour: false, isUnicode: false });
    expect(drawn('--trace a --policy adaptive,safe', terminal)).toMatchObject({
      columns: 140,
      hasColour: true,
      isUnicode: true,
    });
    expect(drawn('--trace a', terminal)).toBeUndefined();
    expect(drawn('--all --policy adaptive', terminal)).toBeUndefined();
    expect(drawn('--trace a --policy adaptive --json', terminal)).toBeUndefined();
    expect(parse(['--trace', 'a', '--chart', '--json']).problems).toEqual([
      '--chart and --json exclude each other',
    ]);
    expect(chartLook({ isTTY: true }, { NO_COLOR: '1' }).hasColour).toBe(false);
  });

  it('wants all traces or some', () => {
    expect(parse(['--all', '--trace', 'a']).problems).toEqual(['--all and --trace exclude each other']);
  });

  it('explains every option and every policy', () => {
    const { options } = parse(['--help', '--nonsense']);
    expect(options.isHelp).toBe(true);
    for (const name of policyNames) expect(help).toContain(`  ${name} `);
    for (const name of [
      'all',
      'trace',
      'policy',
      'market',
      'markets',
      'seed',
      'every',
      'chart',
      'threads',
      'report',
      'json',
    ])
      expect(help).toContain(`--${name} `);
  });
});
