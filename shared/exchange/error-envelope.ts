import { type ExactJson, parseExactJson } from './exact-json.ts';
import { isObject, textField } from './fields.ts';

/** The machine-readable part of an error answer. */
export interface ErrorEnvelope {
  /** A code such as `INSUFFICIENT_BALANCE` or `auto_mode_trading_restricted`; undefined if the answer has none. */
  readonly code: string | undefined;
  /** Whether anything in the answer speaks of a duplicate. */
  readonly mentionsDuplicate: boolean;
}

const codeShape = /^[A-Za-z][A-Za-z0-9_]{1,63}$/;

/**
 * Reads an error answer in any of the exchange's envelopes: `{"errors":{"detail"}}`, `{"errors":{"code"}}`,
 * `{"error":{"code"}}`, `{"error":"…"}`, `{"code"}`. Text that is not a code is not kept: it may echo the request.
 */
export function parseErrorEnvelope(body: string): ErrorEnvelope {
  const json = parseExactJson(body);
  const code = candidates(json).find((text) => text !== undefined && codeShape.test(text));
  return { code, mentionsDuplicate: /duplicate/i.test(body) };
}

function candidates(json: ExactJson | undefined): (string | undefined)[] {
  if (!isObject(json)) return [];
  const { error, errors } = json;
  return [
    isObject(error) ? textField(error, 'code') : undefined,
    isObject(errors) ? textField(errors, 'code') : undefined,
    textField(json, 'code'),
    isObject(errors) ? textField(errors, 'detail') : undefined,
    typeof error === 'string' ? error : undefined,
  ];
}
