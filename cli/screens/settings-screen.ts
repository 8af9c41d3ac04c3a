import type { DescribedSetting, SettingOrigin } from '../../shared/settings/differences.ts';
import type { Look } from '../output/look.ts';
import { table } from '../output/table.ts';
import { fields } from '../output/text.ts';
import { fullTime } from '../output/times.ts';

/** Who has made the settings what they are. */
export interface SettingsAuthor {
  readonly version: number;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: string;
}

/** What is in force. */
export interface SettingsScreen {
  readonly mode: string;
  /** Null while nobody has set anything. */
  readonly author: SettingsAuthor | null;
  readonly settings: readonly (DescribedSetting & { readonly path: string })[];
  /** Why nothing is bought, or what is not in force as it is set. */
  readonly problems: readonly string[];
  readonly deploymentKnown: boolean;
}

const origins: Readonly<Record<SettingOrigin, string>> = {
  set: 'set',
  deployed: "the stage's file",
  bound: "kept within the stage's file, or another setting",
};

/** All settings on one screen. */
export function drawSettings(screen: SettingsScreen, look: Look): string {
  const { mode, author, settings, problems, deploymentKnown } = screen;
  const { paint } = look;
  const unusable = mode === 'SETTINGS_UNUSABLE';
  const facts = [
    ['Mode', unusable ? paint.red('SETTINGS_UNUSABLE: nothing is bought') : mode],
    ...(author === null
      ? [['Set by', 'nobody yet'] as const]
      : [
          ['Set by', `${author.by}, ${fullTime(look, author.at)}`] as const,
          ['Reason', author.reason] as const,
          ['Version', String(author.version)] as const,
        ]),
  ] as const;
  const title = unusable ? 'Cannot be understood' : 'Not in force as it is set';
  const sections = [
    fields(facts, look.columns, paint.dim),
    settings.length === 0 ? '' : settingsTable(settings, look),
    problems.length === 0
      ? ''
      : [paint.red(title), ...problems.map((problem) => `  - ${problem}`)].join('\n'),
    deploymentKnown ? '' : paint.yellow('What the stage allows is not known before the next balance check.'),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function settingsTable(settings: SettingsScreen['settings'], look: Look): string {
  return table(
    settings,
    [
      { title: 'SETTING', cell: ({ path }) => path },
      { title: 'IN FORCE', cell: ({ value }) => value, paint: look.paint.bold },
      {
        title: 'FROM',
        cell: ({ origin }) => origins[origin],
        paint: (text, { origin }) => (origin === 'deployed' ? look.paint.dim(text) : text),
        dropFirst: 1,
      },
    ],
    look,
  );
}
