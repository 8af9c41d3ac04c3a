import { Command, type Help, Option } from 'commander';
import picocolors from 'picocolors';
import { periodForms } from '../local/report/period.ts';
import { orderStates } from '../shared/orders/order.ts';
import type { CommandRun } from './session.ts';

type Load = () => Promise<CommandRun>;
type Examples = readonly (readonly [example: string, meaning: string])[];

/**
 * The program with all its commands. What a command does is loaded when it runs, so that help is there at once.
 */
export function createProgram(): Command {
  const program = new Command('grid-buyer')
    .description('Buys AI inference Units on The Grid: everything that a person does with grid-buyer.')
    .exitOverride()
    .configureHelp(helpStyle())
    // What is wrong is said by main.ts, in one way for all of it.
    .configureOutput({ outputError: () => undefined })
    .option('--local', 'the stack that npm start runs on this machine (default, if one runs)')
    .option('--stage <name>', 'a deployed stage (or GRID_BUYER_STAGE)')
    .option('--region <region>', "where the stage is (default: the environment's, or the profile's)")
    .option('--profile <name>', 'profile of AWS credentials (default: AWS_PROFILE, and so on)')
    .option('--json', 'print JSON for programs')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .addHelpText('after', '\nEvery option, exit code and field of --json: docs/cli.md');
  program.commandsGroup('Buy:');
  addBuying(program);
  program.commandsGroup('Look:');
  addLooking(program);
  program.commandsGroup('Control:');
  addControl(program);
  program.commandsGroup('Set up:');
  addSettingUp(program);
  program.commandsGroup('More:');
  return program;
}

function addBuying(program: Command): void {
  define(program, 'buy', 'Buy Units: at a price of yours, or at the market', {
    load: async () => (await import('./commands/buy.ts')).run,
    examples: [
      ['grid-buyer buy chat-prime 1 --price 2.50', 'one Unit, for at most 2.50 USD'],
      ['grid-buyer buy chat-prime 5 --at-market --dry-run', 'what would that cost?'],
    ],
  })
    .argument('<market>', 'symbol of an instrument, such as chat-prime, or id of a market')
    .argument('<units>', 'whole Units')
    .option('--price <usd>', 'bid this much for a Unit at most')
    .option('--at-market', 'buy from the book as it is, never above the maximum price of the instrument')
    .addOption(
      new Option('--time-in-force <word>', 'how long the order stands').choices(['gtc', 'ioc', 'fok', 'day']),
    )
    .option('--dry-run', 'show what would be sent and what it may cost, and send nothing')
    .option('--key <key>', 'idempotency key, to repeat an order safely (default: a new one, which is shown)')
    .option('--wait <seconds>', 'wait so long for the outcome', '30')
    .option('-y, --yes', 'do not ask');
  define(program, 'cancel', 'Cancel an order', {
    load: async () => (await import('./commands/cancel.ts')).run,
    examples: [['grid-buyer cancel g1a-oncu4yjbxbnqvtqyjmgdsdp5cm', 'what was bought stays']],
  }).argument('<id>', 'id of the order');
}

function addLooking(program: Command): void {
  define(program, 'status', 'Show on one screen how it is: mode, Units, spending, orders, alarms', {
    load: async () => (await import('./commands/status.ts')).run,
    examples: [['grid-buyer status --stage production', 'a deployed stage']],
  });
  define(program, 'watch', 'Show the status live, until Ctrl-C', {
    load: async () => (await import('./commands/watch.ts')).run,
    examples: [['grid-buyer watch --interval 10', 'every ten seconds']],
  }).option('--interval <seconds>', 'look this often', '2');
  define(program, 'orders', 'List orders, newest first', {
    load: async () => (await import('./commands/orders.ts')).run,
    examples: [
      ['grid-buyer orders --state UNKNOWN', 'those of which nobody knows yet'],
      ['grid-buyer orders --follow', 'what happens, as it happens'],
    ],
  })
    .addOption(new Option('--state <state>', 'only those in this state').choices(orderStates))
    .option('--instrument <symbol>', 'only those of this instrument')
    .option('--limit <count>', 'so many at most', '20')
    .option('--follow', 'go on showing what becomes of orders, until Ctrl-C');
  define(program, 'order', 'Show one order with its whole history', {
    load: async () => (await import('./commands/order.ts')).run,
    examples: [['grid-buyer order g1a-oncu4yjbxbnqvtqyjmgdsdp5cm', 'what became of it, and when']],
  }).argument('<id>', 'id of the order');
  define(program, 'balances', 'Show what the accounts at the exchange hold', {
    load: async () => (await import('./commands/balances.ts')).run,
    examples: [['grid-buyer balances --json', 'for a program']],
  });
  define(program, 'check', 'Have the balances checked now, and explain what was decided', {
    load: async () => (await import('./commands/check.ts')).run,
    examples: [['grid-buyer check', 'why does it buy, or not?']],
  });
  define(program, 'export', 'Write what was bought in a period as CSV, for accounting', {
    load: async () => (await import('./commands/export.ts')).run,
    examples: [['grid-buyer export --from 2026-11-01 --to 2026-11-30 --output november.csv', 'a month']],
  })
    .requiredOption('--from <day>', 'first day, UTC, such as 2026-11-01')
    .requiredOption('--to <day>', 'last day, UTC, included')
    .option('--output <file>', 'write to a file (default: standard output)');
  define(
    program,
    'report',
    'Write a period as a web page: plots of Units, prices and spending, and all orders',
    {
      load: async () => (await import('./commands/report.ts')).run,
      examples: [
        ['grid-buyer report --period 7d', 'the last seven days'],
        ['grid-buyer report --period 2026-11 --output november.html', 'a month'],
        ['grid-buyer report --period 2026-11-23..2026-11-27', 'days, UTC, both included'],
      ],
    },
  )
    .requiredOption('--period <period>', periodForms)
    .option('--output <file>', 'the page, one file of its own', 'report.html');
}

function addControl(program: Command): void {
  define(program, 'stop', 'Stop all buying at once; it does not ask', {
    load: async () => (await import('./commands/stop.ts')).run,
    examples: [['grid-buyer stop --reason "prices look wrong"', 'anybody who may call the API can']],
  }).option('--reason <text>', 'why; it is kept and shown by status');
  define(program, 'resume', 'Let buying go on; for administrators', {
    load: async () => (await import('./commands/resume.ts')).run,
    examples: [
      ['grid-buyer resume --reason "prices are right again"', 'closes the breaker, sets the mode to LIVE'],
    ],
  })
    .requiredOption('--reason <text>', 'why; it is kept')
    .option('-y, --yes', 'do not ask');
  addSettings(program);
}

function addSettings(program: Command): void {
  const settings = program
    .command('settings')
    .description('Show or change mode, caps, prices and top-ups; for administrators');
  define(settings, 'get', 'Show everything that is in force, and where it comes from', {
    load: async () => (await import('./commands/settings-get.ts')).run,
    examples: [['grid-buyer settings get', 'set, or as deployed; and who has set it, when and why']],
  });
  const set = define(settings, 'set', 'Set one or more settings: shows the difference and asks', {
    load: async () => (await import('./commands/settings-set.ts')).run,
    examples: [
      ['grid-buyer settings set mode paused --reason "holidays"', 'nothing is bought'],
      ['grid-buyer settings set spendingLimits.perDay 100.00 --reason "quiet week"', 'a tighter cap'],
      [
        'grid-buyer settings set instruments.chat-prime.maximumPrice 2.00 instruments.chat-prime.topUp.preset thrifty --reason "dear today" --dry-run',
        'several at once; what would that change?',
      ],
    ],
  }).argument('<settings...>', 'PATH VALUE [PATH VALUE ...]; every path: docs/settings.md');
  const unset = define(settings, 'unset', "Go back to what the stage's file says", {
    load: async () => (await import('./commands/settings-unset.ts')).run,
    examples: [['grid-buyer settings unset spendingLimits.perDay --reason "usual use again"', 'as deployed']],
  }).argument('<paths...>', 'paths that are set, such as spendingLimits.perDay');
  define(settings, 'history', 'Show who has changed what, when and why, newest first', {
    load: async () => (await import('./commands/settings-history.ts')).run,
    examples: [['grid-buyer settings history --limit 5', 'the last five versions']],
  }).option('--limit <count>', 'so many versions at most', '20');
  const restore = define(settings, 'restore', 'Make an old version the newest one, mode included', {
    load: async () => (await import('./commands/settings-restore.ts')).run,
    examples: [['grid-buyer settings restore 7 --reason "as before the sale"', 'see settings history']],
  }).argument('<version>', 'number of a version; 0 is a new stage, in DRY_RUN');
  for (const command of [set, unset, restore]) {
    command
      .requiredOption('--reason <text>', 'why; it is kept')
      .option('--dry-run', 'show the difference and change nothing')
      .option('-y, --yes', 'do not ask');
  }
}

function addSettingUp(program: Command): void {
  define(program, 'doctor', 'Look at everything that has to be right before anything is bought', {
    load: async () => (await import('./commands/doctor.ts')).run,
    examples: [['grid-buyer doctor --stage production', 'each line that is not right says what to do']],
  });
  const keys = program.command('keys').description('Make, store and change the key that signs orders');
  define(keys, 'new', 'Make a key: straight into the secret, or into a file', {
    load: async () => (await import('./commands/keys-new.ts')).run,
    examples: [['grid-buyer keys new', 'the private key is never shown']],
  })
    .option('--file <file>', 'into this file, which only you can read')
    .option('--replace', 'give up a rotation that is under way');
  define(keys, 'store', 'Put a key that was made elsewhere into the secret', {
    load: async () => (await import('./commands/keys-store.ts')).run,
    examples: [['grid-buyer keys store --file mine.txt', 'delete the file afterwards']],
  })
    .requiredOption('--file <file>', 'file with the private key')
    .option('--replace', 'give up a rotation that is under way');
  define(keys, 'show', 'Show the public half of each key, and whether the exchange accepts it', {
    load: async () => (await import('./commands/keys-show.ts')).run,
    examples: [['grid-buyer keys show', 'compare the fingerprints with a second person']],
  });
  define(keys, 'test', 'Test whether the exchange accepts the key that signs', {
    load: async () => (await import('./commands/keys-test.ts')).run,
    examples: [['grid-buyer keys test', 'a signed read, which moves nothing']],
  });
  define(keys, 'promote', 'Make the pending key the current one, once the exchange accepts it', {
    load: async () => (await import('./commands/keys-change.ts')).promote,
    examples: [['grid-buyer keys promote', 'safe to repeat']],
  });
  define(keys, 'finish', 'End a rotation, once the exchange refuses the old key', {
    load: async () => (await import('./commands/keys-change.ts')).finish,
    examples: [['grid-buyer keys finish', 'after the old key was revoked']],
  });
  define(keys, 'rollback', 'Make the previous key current again', {
    load: async () => (await import('./commands/keys-rollback.ts')).run,
    examples: [['grid-buyer keys rollback', 'where orders are refused since a rotation']],
  }).option('-y, --yes', 'do not ask');
  // Its options are its own: they are handed on as they are.
  define(program, 'backtest', 'Run top-up policies on recorded demand; --help shows its own options', {
    load: async () => (await import('./commands/backtest.ts')).run,
    examples: [],
  })
    .argument('[options...]')
    .allowUnknownOption()
    .helpOption(false);
}

interface Definition {
  readonly load: Load;
  readonly examples: Examples;
}

/** A command that loads what it does when it is run. */
function define(parent: Command, name: string, description: string, { load, examples }: Definition): Command {
  const command = parent.command(name).description(description).action(actionOf(load));
  if (examples.length > 0) command.addHelpText('after', `\n${exampleText(examples)}`);
  return command;
}

/** What commander hands to an action: the arguments, the options, and the command itself. */
function actionOf(load: Load) {
  return async (...received: readonly unknown[]): Promise<void> => {
    const command = received.at(-1);
    if (!(command instanceof Command)) throw new Error('The command is the last argument of an action.');
    const [{ runCommand }, run] = await Promise.all([import('./run-command.ts'), load()]);
    await runCommand(run, { args: received.slice(0, -2), options: command.optsWithGlobals() });
  };
}

function exampleText(examples: Examples): string {
  const lines = examples.flatMap(([example, meaning]) => [`  # ${meaning}`, `  ${example}`]);
  return ['Examples:', ...lines].join('\n');
}

function helpStyle(): Partial<Help> {
  return {
    showGlobalOptions: true,
    styleTitle: (text) => picocolors.bold(text),
    // The names are enough: how each is called is in its own help.
    subcommandTerm: (command) => command.name(),
  };
}
