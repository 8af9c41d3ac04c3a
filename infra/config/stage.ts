import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as v from 'valibot';
import { exchangeDialectSchema } from '../../shared/configuration/exchange-dialect.ts';
import { exchangeHosts } from '../../shared/configuration/exchange-hosts.ts';
import { instrumentsSchema } from '../../shared/configuration/instruments.ts';
import { spendingLimitsSchema } from '../../shared/configuration/spending-limits.ts';

/** Name of a stage. It becomes part of the stack's name and of every client order id, so it is short. */
export const stageNameSchema = v.pipe(
  v.string('must be text'),
  v.regex(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/, 'must be 2 to 20 lower-case letters, digits and hyphens'),
);

const wholeNumber = (minimum: number, maximum: number) => {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(minimum, message),
    v.maxValue(maximum, message),
  );
};

const httpsOrigin = v.pipe(
  v.string('must be an origin such as "https://trading.api.thegrid.ai"'),
  v.check((text) => {
    const url = URL.parse(text);
    return url?.protocol === 'https:' && url.origin === text;
  }, 'must be an https origin such as "https://trading.api.thegrid.ai", without a path'),
  v.check(
    (text) => exchangeHosts.has(URL.parse(text)?.hostname ?? ''),
    `must be a host of the exchange: ${[...exchangeHosts].join(', ')}`,
  ),
);

const roleArnMessage = 'must be the ARN of a role such as "arn:aws:iam::111122223333:role/NAME"';

/** Of the role itself: sessions of it are known by it. */
const roleArn = v.pipe(
  v.string(roleArnMessage),
  v.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/, roleArnMessage),
);

const roleArns = v.optional(v.array(roleArn, 'must be a list of ARNs of roles'), []);

const exchange = v.strictObject({
  /** Origin of the exchange's trading API. Default: the production exchange. */
  url: v.optional(httpsOrigin, 'https://trading.api.thegrid.ai'),
  /** Path that comes before every resource, and is signed with it. Default: `/api/v1/trading`. */
  pathPrefix: v.optional(
    v.pipe(
      v.string('must be a path such as "/api/v1/trading"'),
      v.regex(
        /^(\/[A-Za-z0-9._-]+)*$/,
        'must be a path such as "/api/v1/trading", without a slash at its end',
      ),
    ),
    '/api/v1/trading',
  ),
  /** What is particular about the account at the exchange. Default: as in the exchange's published guide. */
  dialect: v.optional(exchangeDialectSchema, {}),
});

const throttling = v.strictObject({
  /** Requests per second that the API takes, over all callers. Default: 5. */
  ratePerSecond: v.optional(wholeNumber(1, 1000), 5),
  /** Requests that it takes at once before the rate applies. Default: 10. */
  burst: v.optional(wholeNumber(1, 1000), 10),
});

const emailAddresses = v.optional(
  v.array(
    v.pipe(v.string('must be an e-mail address'), v.email('must be an e-mail address')),
    'must be a list of e-mail addresses',
  ),
  [],
);

const alarmAddresses = v.strictObject({
  /** E-mail addresses that get pages: alarms that need somebody now. Each owner confirms once. Default: none. */
  page: emailAddresses,
  /** E-mail addresses that get tickets: alarms for the next working day. Each owner confirms once. Default: none. */
  ticket: emailAddresses,
});

const runbookUrl = v.pipe(
  v.string('must be an https address'),
  v.check((text) => URL.parse(text)?.protocol === 'https:', 'must be an https address'),
  v.check((text) => !text.includes('#'), 'must not name a section: the one of the alarm is added'),
  v.maxLength(300, 'must have at most 300 characters: it is part of the text of each alarm'),
);

const retentionMessage = 'must be a period that CloudWatch Logs knows, such as 30, 90 or 365';

const retentionDays = v.pipe(
  v.number(retentionMessage),
  v.enum(RetentionDays, retentionMessage),
  v.notValue(RetentionDays.INFINITE, retentionMessage),
);

/** Characters of JSON in a function's environment, which holds 4 kB in all and 700 for everything else. */
const mostOfInstruments = 3_000;
/** Two or three roles have room beside the longest instruments. */
const leastOfReaders = 300;

function roomLeftBy(instruments: number): number {
  return Math.max(0, mostOfInstruments - instruments);
}

const settingsSchema = v.strictObject({
  /** Account to deploy to, 12 digits. Default: whatever account the credentials of the deployment belong to. */
  account: v.optional(v.pipe(v.string('must be 12 digits'), v.regex(/^\d{12}$/, 'must be 12 digits'))),
  /** Region to deploy to, such as `eu-west-1`. Default: the region of the deployment's credentials. */
  region: v.optional(
    v.pipe(
      v.string('must be a region such as "eu-west-1"'),
      v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as "eu-west-1"'),
    ),
  ),
  /** Where the exchange is. Default: the production exchange. */
  exchange: v.optional(exchange, {}),
  /** How much may be spent at most. Default: 50 USD per order, 200 per day, 2000 per month, 60 orders an hour. */
  spendingLimits: v.optional(spendingLimitsSchema, {}),
  /** What may be bought, at most for how much, and what is topped up. */
  instruments: v.pipe(
    instrumentsSchema,
    v.check(
      (instruments) => JSON.stringify(instruments).length <= mostOfInstruments,
      `take more than ${mostOfInstruments} characters as JSON; the environment of a function holds 4 kB in all`,
    ),
  ),
  /**
   * ARNs of roles whose people may read the signing key, besides the functions that need it; who reads it can trade on
   * the account without any limit of ours. Storing and changing keys takes none of this. Default: nobody.
   */
  keyAdministrators: roleArns,
  /**
   * ARNs of roles that see, and so can cancel, the orders and reservations of all callers, those of the schedule too; for
   * operators. Who is only to look gets no right to `DELETE`. Default: nobody; a caller sees what it has made itself.
   */
  readers: roleArns,
  /** Minutes from one check of the balances to the next. Default: 1. */
  checkEveryMinutes: v.optional(wholeNumber(1, 60), 1),
  /** How much traffic the API takes. Default: 5 requests a second, 10 at once. */
  throttling: v.optional(throttling, {}),
  /**
   * Whom alarms are sent to. Default: nobody, and whoever carries the pager subscribes to the topics that the stack puts
   * out.
   */
  alarmAddresses: v.optional(alarmAddresses, {}),
  /**
   * Where your people find the runbook, `docs/operations.md` as your Git server or wiki shows it: an https address, to which
   * `#` and the alarm's section are added. Default: `docs/operations.md`, which can be read but not clicked.
   */
  runbookUrl: v.optional(runbookUrl),
  /**
   * Pages when anybody but the functions reads the signing key. Needs a CloudTrail trail of this account, with management
   * events of kind "read", in this region; without one nothing is ever told. Default: false.
   */
  watchSigningKeyReads: v.optional(v.boolean('must be true or false'), false),
  /**
   * Name of a table that was restored from a backup and prepared with `npm run restore`: it is used in place of the stack's
   * own, which stays as it is. `docs/operations/restore.md` says how. Default: the stack's own.
   */
  restoredTable: v.optional(
    v.pipe(
      v.string('must be the name of a table'),
      v.regex(
        /^[A-Za-z0-9_.-]{3,255}$/,
        'must be the name of a table: 3 to 255 letters, digits, ".", "_" or "-"',
      ),
    ),
  ),
  /** Days for which logs are kept; one of CloudWatch's own periods. Default: 90. */
  logRetentionDays: v.optional(retentionDays, 90),
  /**
   * Keeps the orders when the stack is deleted, and the stack from being deleted by mistake. Turn it off only for
   * a stage whose orders nobody will ask for. The signing key is kept in any case. Default: true.
   */
  removalProtection: v.optional(v.boolean('must be true or false'), true),
});

/** Everything that may differ from one stage to the next. What is not here is the same in all of them. */
export const stageSchema = v.pipe(
  settingsSchema,
  v.forward(
    v.partialCheck(
      [['instruments'], ['readers']],
      ({ instruments, readers }) =>
        JSON.stringify(readers).length <= leastOfReaders + roomLeftBy(JSON.stringify(instruments).length),
      'take more characters as JSON than the instruments leave; the environment of a function holds 4 kB in all',
    ),
    ['readers'],
  ),
);

/** A stage as its file says it; what has a default may be left out. */
export type StageSettings = v.InferInput<typeof stageSchema>;

/** A checked stage with every default filled in. */
export interface Stage extends v.InferOutput<typeof stageSchema> {
  /** Taken from the name of the stage's file, so that no two stages can share it. */
  readonly name: string;
}
