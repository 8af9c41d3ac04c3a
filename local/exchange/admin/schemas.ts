import * as v from 'valibot';
import { amountText } from '../modes.ts';
import { decodePublicKey } from '../wire/keys.ts';
import { findInstrument, findMarket } from '../world.ts';

/** A market by its id or its instrument's symbol. */
const market = v.pipe(
  v.string(),
  v.check((name) => findMarket(name) !== undefined, 'names no market: use a market id or a symbol'),
);

/** An instrument by its id or symbol. */
const instrument = v.pipe(
  v.string(),
  v.check((name) => findInstrument(name) !== undefined, 'names no instrument: use an id or a symbol'),
);

const positivePrice = v.pipe(
  amountText,
  v.check((price) => price > 0n && price % 1_000_000n === 0n, 'must be a positive multiple of 0.01'),
);
const wholeQuantity = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1_000_000));
const quotes = v.array(v.strictObject({ price: positivePrice, quantity: wholeQuantity }));
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(366 * 86_400));
const moment = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'must be an ISO 8601 time'),
);

export const nothingSchema = v.optional(v.strictObject({}), {});

export const publicKeySchema = v.strictObject({
  publicKey: v.pipe(
    v.string(),
    v.check((text) => decodePublicKey(text) !== undefined, 'must be base64 of 32 bytes'),
  ),
});

export const fingerprintSchema = v.strictObject({ fingerprint: v.string() });

export const usdSchema = v.strictObject({ available: amountText });

export const unitsSchema = v.strictObject({
  instrument,
  units: v.pipe(
    amountText,
    v.check((units) => units > 0n, 'must be greater than zero'),
  ),
});

export const grantSchema = v.strictObject({
  instrument,
  units: wholeQuantity,
  account: v.optional(v.picklist(['trading', 'consumption']), 'consumption'),
});

export const burnSchema = v.strictObject({ instrument, unitsPerMinute: amountText });

export const bookSchema = v.strictObject({ market, asks: quotes, bids: v.optional(quotes, []) });

export const sidesSchema = v.strictObject({ market, asks: v.optional(quotes), bids: v.optional(quotes) });

export const saleSchema = v.strictObject({ market, price: positivePrice, units: wholeQuantity });

export const asksSchema = v.strictObject({ market, asks: v.pipe(quotes, v.minLength(1)) });

export const scheduleSchema = v.strictObject({
  market,
  steps: v.pipe(
    v.array(
      v.strictObject({
        afterSeconds: seconds,
        asks: quotes,
        /** Whether the asks replace what was quoted before, or join it. */
        replace: v.optional(v.boolean(), true),
      }),
    ),
    v.minLength(1),
  ),
});

export const marketStatusSchema = v.strictObject({ market, status: v.picklist(['active', 'suspended']) });

export const fillSchema = v.strictObject({ orderId: v.string(), units: v.optional(wholeQuantity) });

export const dashboardOrderSchema = v.strictObject({
  market,
  side: v.optional(v.picklist(['buy', 'sell']), 'buy'),
  quantity: wholeQuantity,
  /** Without a price it is a market order. */
  price: v.optional(positivePrice),
  clientOrderId: v.optional(v.string()),
});

/** One thing at a time: move market time, or change how it runs. */
export const clockSchema = v.union(
  [
    v.strictObject({ advanceSeconds: seconds }),
    v.strictObject({ mode: v.literal('real') }),
    v.strictObject({
      mode: v.literal('accelerated'),
      factor: v.pipe(v.number(), v.minValue(0.001), v.maxValue(1_000_000)),
    }),
    v.strictObject({ mode: v.literal('stepped'), startAt: v.optional(moment) }),
  ],
  'must be {"advanceSeconds": n}, {"mode": "real"}, {"mode": "accelerated", "factor": n} or {"mode": "stepped"}',
);

export const resetSchema = v.optional(
  v.strictObject({ seed: v.optional(v.pipe(v.number(), v.safeInteger())) }),
  {},
);

export const newestSchema = v.optional(
  v.strictObject({
    newest: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5000)), 100),
  }),
  {},
);
