import { amountField, type JsonObject, textField } from '../../../shared/exchange/fields.ts';
import { formatDecimal, type Units } from '../../../shared/ledger/decimal.ts';
import { inWords, objectOf, orderIdIn, type RawClient, rowsOf } from '../raw-client.ts';
import type { Finding, Laboratory, Step } from '../step.ts';
import { costOf } from '../terms.ts';
import { lagInWords, until } from '../until.ts';

const patienceSeconds = 180;
/** Never below the default: one purchase may have been a quick one. */
const leastLagSeconds = 45;
/** One purchase has measured it; another may take longer. */
const margin = 2;

/** How a Unit that was bought arrives: when, in which account, under which field, and what it cost. */
export const purchase: Step = {
  name: 'purchase',
  does: 'buys 1 Unit at no more than the maximum price, and a second one with autotransfer if the first does not arrive',
  spendsAtMost: (terms) => 2n * costOf(terms.maximumPrice, terms),
  run: async (laboratory) => {
    const bought = await buyOne(laboratory, false);
    if (bought.hasArrived || !bought.isFilled) return bought.findings;
    const asked = await buyOne(laboratory, true);
    const question = 'Do Units arrive that are asked to be moved?';
    const answer = asked.hasArrived ? 'yes' : 'no: move them with moveFromTrading, see transfers.md';
    const dialect = asked.hasArrived ? { dialect: { requestAutotransfer: true } } : {};
    return [
      ...bought.findings,
      ...asked.findings,
      { question, answer, isFine: asked.hasArrived, ...dialect },
    ];
  },
};

interface Purchase {
  readonly isFilled: boolean;
  readonly hasArrived: boolean;
  readonly findings: readonly Finding[];
}

async function buyOne({ client, clock, newId }: Laboratory, autotransfer: boolean): Promise<Purchase> {
  const rowsBefore = await accounts(client);
  const answer = await client.place({
    clientOrderId: newId(),
    price: client.terms.maximumPrice,
    timeInForce: 'ioc',
    autotransfer,
  });
  const id = orderIdIn(answer);
  const order = id === undefined ? {} : objectOf(await client.get(`orders/${id}`));
  const isFilled = textField(order, 'status')?.toLowerCase() === 'filled';
  const filling: Finding = {
    question: 'Is 1 Unit bought at the maximum price?',
    answer: isFilled
      ? `yes: ${costInWords(order)}`
      : `no: ${inWords(answer)}, ${textField(order, 'status') ?? '?'}`,
    isFine: isFilled,
  };
  if (!isFilled) return { isFilled, hasArrived: false, findings: [filling] };
  const instrumentId = textField(order, 'instrument_id');
  const before = holdings(rowsBefore, instrumentId);
  let after = before;
  const lag = await until(clock, patienceSeconds, async () => {
    after = holdings(await accounts(client), instrumentId);
    return after.arrived > before.arrived;
  });
  const arrival: Finding = {
    question: 'When is a bought Unit in the consumption account?',
    answer: lagInWords(lag, patienceSeconds),
    isFine: lag.shown,
    ...(lag.shown ? { dialect: { balanceLagSeconds: Math.max(leastLagSeconds, lag.seconds * margin) } } : {}),
  };
  const findings = lag.shown ? [filling, arrival, basisOf(after)] : [filling, arrival];
  return { isFilled, hasArrived: lag.shown, findings };
}

interface Holdings {
  /** Everything that ever came in where that is counted, else what there is: Units may be used up meanwhile. */
  readonly arrived: Units;
  readonly total: Units;
  readonly available: Units | undefined;
}

async function accounts(client: RawClient): Promise<readonly JsonObject[]> {
  return rowsOf(await client.get('consumption-accounts', 'limit=100'));
}

/** What the consumption account of an instrument shows. */
function holdings(rows: readonly JsonObject[], instrumentId: string | undefined): Holdings {
  const row = rows.find((one) => textField(one, 'instrument_id') === instrumentId) ?? {};
  const available = amountField(row, 'available_balance', 'uncommitted_balance');
  const total = amountField(row, 'total_balance') ?? available ?? 0n;
  return { available, total, arrived: amountField(row, 'total_transfers_in', 'total_deposits') ?? total };
}

function basisOf({ available, total }: Holdings): Finding {
  const basis = available === 0n && total > 0n ? 'total' : 'available';
  return {
    question: 'Which balance counts?',
    answer: `${basis}: ${formatDecimal(available ?? total)} available of ${formatDecimal(total)}`,
    isFine: true,
    dialect: { balanceBasis: basis },
  };
}

function costInWords(order: JsonObject): string {
  const price = textField(order, 'average_price', 'average_fill_price') ?? 'an unknown price';
  return `at ${price} USD, fee ${textField(order, 'fee') ?? 'not shown'}`;
}
