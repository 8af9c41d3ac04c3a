import type { HttpRequest } from '../../../../shared/transport/transport.ts';
import { answer, computedTransport, queryOf, type ScriptedTransport } from './answers.ts';

/** A list endpoint that gives these pages, each with a cursor to the next, as the exchange does today. */
export function pagedTransport(pages: readonly (readonly unknown[])[]): ScriptedTransport {
  return computedTransport((request: HttpRequest) => {
    const at = Number(queryOf(request).get('next') ?? '0');
    const next = at + 1 < pages.length ? String(at + 1) : null;
    return answer(200, {
      data: pages[at] ?? [],
      paging: { next_cursor: next, prev_cursor: null, has_more: next !== null },
    });
  });
}

/** Cuts rows into pages of these sizes, the last of which takes what is left. */
export function cutIntoPages<T>(rows: readonly T[], sizes: readonly number[]): T[][] {
  const left = [...rows];
  const pages = sizes.map((size) => left.splice(0, size));
  return left.length > 0 ? [...pages, left] : pages;
}

/** An order as the exchange lists it. */
export function orderRow(id: string, submittedAt: number): Record<string, unknown> {
  return {
    order_id: id,
    client_order_id: `g1a-${id}`,
    quantity: 1,
    filled_quantity: 0,
    price: '2.50',
    status: 'active',
    submitted_at: new Date(submittedAt).toISOString(),
  };
}
