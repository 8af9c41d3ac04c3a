import { type Decision, decisionPageSchema, type Status, statusSchema } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { Failure } from '../failure.ts';
import { drawStatus, type StatusScreen } from '../screens/status-screen.ts';
import type { Answer, CommandRun, Session } from '../session.ts';
import type { RaisedAlarm, Target } from '../target/target.ts';

/** One screen: what it does, what there is, what it may spend, what is wrong. */
export const run: CommandRun = async (session) => {
  const target = await session.target();
  return session.waitFor('Looking', () => look(target, drawsCharts(session)));
};

/** Charts are for people at a terminal. */
export function drawsCharts({ isJson, look: { columns } }: Pick<Session, 'isJson' | 'look'>): boolean {
  return !isJson && Number.isFinite(columns);
}

/** The stage at one look, ready to be shown. */
export async function look(target: Target, withCharts: boolean): Promise<Answer> {
  const [status, alarms] = await Promise.all([readStatus(target), alarmsOrWhyNot(target)]);
  const charts = withCharts ? await decisionsOrWhyNot(target, status) : {};
  const screen: StatusScreen = { target: target.description, status, ...alarms, ...charts };
  return {
    data: { ...status, alarms: alarms.alarms ?? null, alarmsNotRead: alarms.alarmsNotRead ?? null },
    text: (terminal) => drawStatus(screen, terminal),
  };
}

/** The status is shown also where the decisions behind it cannot be read. */
async function decisionsOrWhyNot(
  target: Target,
  { instruments }: Status,
): Promise<Pick<StatusScreen, 'drawn' | 'notDrawn'>> {
  try {
    return { drawn: await Promise.all(instruments.map(({ symbol }) => lastDecisions(target, symbol))) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { notDrawn: error.message };
  }
}

/** As many as one page holds, newest first. */
async function lastDecisions(target: Target, instrument: string): Promise<readonly Decision[]> {
  const query = new URLSearchParams({ instrument, limit: '100' });
  const { body } = await call(target, {
    schema: decisionPageSchema,
    send: (api) => api.get(`/decisions?${query.toString()}`),
  });
  return body.decisions;
}

export async function readStatus(target: Target): Promise<Status> {
  return (await call(target, { schema: statusSchema, send: (api) => api.get('/status') })).body;
}

/** Callers of the API may often not read alarms: the rest is shown all the same. */
async function alarmsOrWhyNot(
  target: Target,
): Promise<{ alarms?: readonly RaisedAlarm[] | undefined; alarmsNotRead?: string }> {
  try {
    return { alarms: await target.alarms() };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { alarmsNotRead: error.details.why ?? error.message };
  }
}
