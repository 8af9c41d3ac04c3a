import type { Deployment } from '../../shared/settings/deployment.ts';
import {
  type DescribedSettings,
  describeInForce,
  describeSettings,
} from '../../shared/settings/differences.ts';
import { problemsUnder } from '../../shared/settings/problems-under.ts';
import { newStageSettings, type Settings } from '../../shared/settings/settings.ts';
import { readDeployment } from '../../shared/store/deployment-record.ts';
import { readSettings, type SettingsVersion } from '../../shared/store/settings-store.ts';
import { asAdministrator } from '../control/administration.ts';
import { drawSettings, type SettingsAuthor, type SettingsScreen } from '../screens/settings-screen.ts';
import type { CommandRun } from '../session.ts';

/** Everything that is in force, and where it comes from. */
export const run: CommandRun = async (session) => {
  const target = await session.target();
  const [{ current }, deployment] = await asAdministrator(target, 'The settings cannot be read', (tools) =>
    Promise.all([readSettings(tools), readDeployment(tools)]),
  );
  const screen = screenOf(current, deployment);
  const { author, ...shown } = screen;
  const { version, by, at, reason } = author ?? { version: null, by: null, at: null, reason: null };
  return {
    data: { ...shown, version, by, at, reason },
    text: (look) => drawSettings(screen, look),
  };
};

function screenOf(current: SettingsVersion | undefined, deployment: Deployment | undefined): SettingsScreen {
  const settings = current === undefined ? newStageSettings : current.settings;
  const deploymentKnown = deployment !== undefined;
  const author = current === undefined ? null : authorOf(current);
  if (settings === undefined) {
    const problems = current?.problems ?? [];
    return { mode: 'SETTINGS_UNUSABLE', author, settings: [], problems, deploymentKnown };
  }
  return {
    mode: settings.mode,
    author,
    settings: [...described(settings, deployment)]
      .filter(([path]) => path !== 'mode')
      .map(([path, setting]) => ({ path, ...setting })),
    problems: deployment === undefined ? [] : problemsUnder(settings, deployment),
    deploymentKnown,
  };
}

function described(settings: Settings, deployment: Deployment | undefined): DescribedSettings {
  return deployment === undefined
    ? describeSettings(settings, undefined)
    : describeInForce(settings, deployment);
}

function authorOf({ version, by, at, reason }: SettingsVersion): SettingsAuthor {
  return { version, by, at: new Date(at).toISOString(), reason };
}
