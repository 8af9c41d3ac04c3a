import type { ExactJson } from './exact-json.ts';
import { isObject, type JsonObject, UnreadableAnswer, unwrapData } from './fields.ts';
import { type Page, parsePage } from './paging.ts';
import { ExchangeReadError } from './read-error.ts';
import { read, type SignedRequestTools } from './signed-requests.ts';

const pageSize = 100;

/** Reads a resource and parses it. Throws ExchangeReadError, also where the answer does not say what it should. */
export async function readParsed<T>(
  tools: SignedRequestTools,
  resource: string,
  parse: (json: ExactJson) => T,
  query = '',
): Promise<T> {
  const json = await read(tools, resource, query);
  try {
    return parse(json);
  } catch (error) {
    if (error instanceof UnreadableAnswer) throw unreadable(resource, error);
    throw error;
  }
}

/** The same trouble with the name of the resource. */
export function unreadable(resource: string, error: UnreadableAnswer): ExchangeReadError {
  return new ExchangeReadError('unreadable', resource, error.message);
}

/** For lists in which one bad row must not hide the others: it makes the list incomplete instead. */
export function tolerant<Row>(parse: (row: JsonObject) => Row): (row: JsonObject) => Row | undefined {
  return (row) => {
    try {
      return parse(row);
    } catch (error) {
      if (error instanceof UnreadableAnswer) return undefined;
      throw error;
    }
  };
}

/** Reads one page after the other, as many rows at once as the exchange gives. */
export function pageFetcher(tools: SignedRequestTools, resource: string, query: string) {
  return async (cursor: string | undefined): Promise<Page> => {
    const parts = [
      query,
      `limit=${pageSize}`,
      cursor === undefined ? '' : `next=${encodeURIComponent(cursor)}`,
    ];
    return readParsed(
      tools,
      resource,
      (json) => parsePage(json, pageSize),
      parts.filter((part) => part !== '').join('&'),
    );
  };
}

/** The object in an answer. Throws UnreadableAnswer if there is none. */
export function objectIn(json: ExactJson): JsonObject {
  const data = unwrapData(json);
  if (!isObject(data)) throw new UnreadableAnswer('there is no object in the answer');
  return data;
}
