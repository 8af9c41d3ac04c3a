import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { PageFileError, writePage } from '../../local/plots/write-page.ts';
import { collectPeriod } from '../../local/report/collect.ts';
import { reportPage } from '../../local/report/page/report-page.ts';
import { type Period, parsePeriod } from '../../local/report/period.ts';
import { patiently, type ReadApi } from '../../local/report/read-api.ts';
import { summarize } from '../../local/report/summarize.ts';
import type { ApiClient } from '../../local/service/api-client.ts';
import { call } from '../api/call.ts';
import { Failure } from '../failure.ts';
import { readInput } from '../input/read-input.ts';
import { units, usd } from '../output/amounts.ts';
import { reportJson } from '../report/report-json.ts';
import type { CommandRun } from '../session.ts';
import type { Target } from '../target/target.ts';

const schema = v.object({
  period: v.pipe(
    v.string(),
    v.rawTransform<string, Period>(({ dataset, addIssue, NEVER }) => {
      const parsed = parsePeriod(dataset.value, Date.now());
      if (parsed.ok) return parsed.period;
      addIssue({ message: parsed.problem });
      return NEVER;
    }),
  ),
  output: v.pipe(v.string(), v.nonEmpty('must name a file')),
});

/** A period as one page: what was bought, held, used and spent, in plots and tables. */
export const run: CommandRun = async (session, input) => {
  const { period, output } = readInput(input, [], schema);
  const target = await session.target();
  const summary = await session.waitFor('Reading orders and checks', async () =>
    summarize(await collectPeriod(readerOf(target), period)),
  );
  await write(output, reportPage(summary));
  for (const gap of summary.gaps) session.tell(() => gap);
  const { totals } = summary;
  const data = reportJson(summary, output);
  return {
    data,
    text: () =>
      `${output}: ${totals.orders} orders, ${units(String(totals.bought))} for ${usd(data.totals.spent)}. Open it in a browser.`,
  };
};

/** Every page of a list is a request: where they are too many for the stage's throttling, it waits. */
function readerOf(target: Target): ReadApi {
  return async (path, answer) => {
    const asked = { schema: answer, send: (api: ApiClient) => patiently(() => api.get(path), wait) };
    return (await call(target, asked)).body;
  };
}

async function write(file: string, page: string): Promise<void> {
  try {
    await writePage(file, page);
  } catch (error) {
    if (!(error instanceof PageFileError)) throw error;
    throw new Failure('usage', `${file} cannot be written.`, {
      why: `${error.why}.`,
      todo: 'Choose another place with --output.',
    });
  }
}
