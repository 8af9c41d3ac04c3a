import { type Status, statusSchema } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { Failure } from '../failure.ts';
import { drawStatus, type StatusScreen } from '../screens/status-screen.ts';
import type { Answer, CommandRun } from '../session.ts';
import type { RaisedAlarm, Target } from '../target/target.ts';

/** One screen: what it does, what there is, what it may spend, what is wrong. */
export const run: CommandRun = async (session) => {
  const target = await session.target();
  return session.waitFor('Looking', () => look(target));
};

/** The stage at one look, ready to be shown. */
export async function look(target: Target): Promise<Answer> {
  const [status, alarms] = await Promise.all([readStatus(target), alarmsOrWhyNot(target)]);
  const screen: StatusScreen = { target: target.description, status, ...alarms };
  return {
    data: { ...status, alarms: alarms.alarms ?? null, alarmsNotRead: alarms.alarmsNotRead ?? null },
    text: (terminal) => drawStatus(screen, terminal),
  };
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
