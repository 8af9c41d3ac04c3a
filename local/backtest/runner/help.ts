import { policies, policyNames } from '../policies/catalogue.ts';

const nameWidth = Math.max(...policyNames.map((name) => name.length));
const policyLines = policyNames.map((name) => {
  const { title, isVariant } = policies[name];
  return `  ${name.padEnd(nameWidth)} ${isVariant === true ? '*' : ' '} ${title}`;
});

export const help = `Runs top-up policies on recorded and synthetic demand, beside the exchange's script, and measures what they
pay, waste and leave unserved. The policies are the very code that is deployed.

  npm run backtest -- --all                    every trace: 21 customers, 56 synthetic
  npm run backtest -- --all --every 7          a quick look at every 7th trace
  npm run backtest -- --trace customer-07      one trace by its name
  npm run backtest -- --trace my-demand.csv    your own: "minute,units", minutes ascending from 0

What runs
  --policy NAME,...      these policies only, or all (default: all; with --all those without a *, see below)
  --market KIND          calm, tight (the price cap binds 20 % of the time) or all (default: all)
  --markets N            so many draws of each kind (default: 1)
  --seed N               first draw of market and failures (default: 1); same seed, same figures
  --every N              with --all: every Nth trace (default: 1)
  --threads N            threads to run on (default: one per processor)

What goes wrong
  --review-every N       minutes between reviews (default: 1)
  --instruments N        instruments of the stage, whose books are read in turn (default: 1)
  --lost-reviews N       percent of reviews that do not happen (default: 1)
  --no-outages           leave out the ten-minute outage of every third day
  --balance-lag N        minutes until balances show a change (default: 0)
  --delivery-delay N     minutes from a fill until its Units can be used (default: 0)
  --whole-balances       balances show whole Units only
  --wake-up              a refused application has a review made at once
  --ending-reviews N     reviews for which a cancelled order is still listed (default: 2)

What comes out
  --report FILE          a web page of its own with plots, for any browser
  --chart                balance and price of each run in the terminal, below the table (default: for up to two
                         policies on one trace, on a terminal)
  --json                 figures of every run as JSON instead of a table
  -h, --help             this text

Policies
${policyLines.join('\n')}
`;
