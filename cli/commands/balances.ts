import type * as v from 'valibot';
import { balancesSchema } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { grouped } from '../output/amounts.ts';
import type { Look } from '../output/look.ts';
import { table } from '../output/table.ts';
import { ago, fullTime } from '../output/times.ts';
import type { CommandRun } from '../session.ts';

type Balances = v.InferOutput<typeof balancesSchema>;

/** What the accounts at the exchange hold. */
export const run: CommandRun = async (session) => {
  const target = await session.target();
  const { body } = await call(target, { schema: balancesSchema, send: (api) => api.get('/balances') });
  return { data: body, text: (look) => draw(body, look) };
};

function draw({ readAt, consumption, trading, currency }: Balances, look: Look): string {
  const rows = [
    ...consumption.map((account) => ({
      what: nameOf(account),
      unit: 'Units',
      amount: account.usable,
      note: 'ready for use',
    })),
    ...trading.map((account) => ({
      what: nameOf(account),
      unit: 'Units',
      amount: account.available,
      note: 'bought, in the trading account still',
    })),
    ...currency.map(({ currency: name, available, locked }) => ({
      what: 'money',
      unit: name,
      amount: available,
      note: locked === '0.00' ? 'to buy with' : `to buy with; ${grouped(locked)} held for open orders`,
    })),
  ];
  const list = table(
    rows,
    [
      { title: 'ACCOUNT', cell: ({ what }) => what, paint: look.paint.bold },
      { title: 'AMOUNT', align: 'right', cell: ({ amount }) => grouped(amount) },
      { title: '', cell: ({ unit }) => unit },
      { title: '', cell: ({ note }) => note, isElastic: true },
    ],
    look,
  );
  return `${list}\n\n${look.paint.dim(`As read ${ago(look, readAt)}, at ${fullTime(look, readAt)}. Newer ones: grid-buyer check`)}`;
}

function nameOf({
  instrument,
  instrumentId,
}: Pick<Balances['trading'][number], 'instrument' | 'instrumentId'>): string {
  return instrument ?? instrumentId;
}
