import { checkSchema, type Decision, decisionPageSchema } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { units, usd } from '../output/amounts.ts';
import type { Look } from '../output/look.ts';
import { fields, wrap } from '../output/text.ts';
import { ago, fullTime } from '../output/times.ts';
import type { CommandRun, Session } from '../session.ts';
import type { Target } from '../target/target.ts';
import { pause } from '../wait.ts';
import { readStatus } from './status.ts';

const readableWidth = 100;

/** Has the balances checked now, and explains what was decided. */
export const run: CommandRun = async (session) => {
  const target = await session.target();
  const { body: check } = await session.waitFor('Checking the balances', () => startCheck(session, target));
  const status = await readStatus(target);
  const decisions = await Promise.all(
    status.instruments
      .filter(({ policy }) => policy !== null)
      .map(({ symbol }) => lastDecision(target, symbol)),
  );
  const shown = decisions.filter((decision) => decision !== undefined);
  return {
    data: { check, decisions: shown },
    text: (look) => draw(check, shown, look),
  };
};

/** Starts a check; where one has just begun, waits until that is done instead. */
async function startCheck(session: Session, target: Target) {
  const answer = await requestCheck(target);
  if (!answer.body.running) return answer;
  await pause(Number(answer.headers.get('retry-after') ?? 1) * 1_000, session.interrupted);
  return requestCheck(target);
}

/** Asks for a check once. */
export function requestCheck(target: Target) {
  return call(target, { schema: checkSchema, send: (api) => api.checkNow() });
}

async function lastDecision(target: Target, instrument: string): Promise<Decision | undefined> {
  const query = new URLSearchParams({ instrument, limit: '1' });
  const { body } = await call(target, {
    schema: decisionPageSchema,
    send: (api) => api.get(`/decisions?${query.toString()}`),
  });
  return body.decisions[0];
}

function draw(
  check: { readonly running: boolean; readonly startedAt: string },
  decisions: readonly Decision[],
  look: Look,
): string {
  const head = check.running
    ? `Another check has begun at ${fullTime(look, check.startedAt)} and may still run.`
    : `Checked at ${fullTime(look, check.startedAt)}.`;
  if (decisions.length === 0) {
    return `${head}\nNothing is topped up here: the stage names no instrument with a topUp.`;
  }
  return [head, ...decisions.map((decision) => drawDecision(decision, look))].join('\n\n');
}

/** Why it bought, or did not. */
export function drawDecision(decision: Decision, look: Look): string {
  const { paint } = look;
  const { instrument, policy, reason, words, boundBy, usable, incoming } = decision;
  const ask = askWords(decision);
  const width = Math.min(look.columns, readableWidth) - 2;
  return [
    `${paint.bold(instrument)}  ${reason}`,
    ...wrap(words, width).map((line) => `  ${line}`),
    fields(
      [
        ['  Units', `${units(usable)} usable, ${incoming} on the way`],
        ...(ask === undefined ? [] : [['  Best ask', ask] as const]),
        ['  Policy', policy],
        ...(boundBy === null ? [] : [['  Held back by', paint.yellow(boundBy)] as const]),
        ['  Done', decision.actions.map(actionWords).join('\n') || 'nothing'],
      ],
      look.columns,
      paint.dim,
    ),
  ].join('\n');
}

/** Where nothing depended on prices, the book may have been read by an earlier check. */
function askWords({ time, bestAsk, bookReadAt }: Decision): string | undefined {
  if (bestAsk === null) return undefined;
  const readAt = bookReadAt ?? time;
  return readAt === time
    ? usd(bestAsk)
    : `${usd(bestAsk)}, read ${ago({ now: () => Date.parse(time) }, readAt)}`;
}

function actionWords({
  action,
  result,
  quantity,
  limitPrice,
  orderId,
  units: moved,
}: Decision['actions'][number]): string {
  switch (action) {
    case 'order':
      return `order for ${units(quantity ?? 0)} at ${usd(limitPrice ?? '0')} at most: ${result}${orderId === undefined ? '' : ` (${orderId})`}`;
    case 'cancel':
      return `cancel ${orderId ?? ''}: ${result}`;
    default:
      return `move ${units(moved ?? '0')}: ${result}`;
  }
}
