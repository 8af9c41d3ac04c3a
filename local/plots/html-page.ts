import { escapeText } from './escape-text.ts';
import { pageStyle } from './style.ts';

/** What a page of its own consists of. */
export interface HtmlPage {
  readonly title: string;
  /** Style beside that of all pages. */
  readonly style: string;
  /** HTML, escaped already. */
  readonly body: string;
}

/** A page that is one file: no script, and nothing that is loaded from anywhere. */
export function htmlPage({ title, style, body }: HtmlPage): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeText(title)}</title><style>${pageStyle}${style}</style></head><body><main>
<h1>${escapeText(title)}</h1>
${body}
</main></body></html>
`;
}

/**
 * A table that scrolls sideways where it is too wide, with the first column in place.
 *
 * @param name what it holds, for those who hear the page
 * @param rowClass of a row, by its index
 */
export function htmlTable(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  rowClass: (row: number) => string = () => '',
): string {
  const body = rows.map((cells, index) => {
    const kind = rowClass(index);
    const [first = '', ...rest] = cells;
    return `<tr${kind === '' ? '' : ` class="${kind}"`}><th scope="row">${escapeText(first)}</th>${rest.map((cell) => `<td>${escapeText(cell)}</td>`).join('')}</tr>`;
  });
  const head = heads.map((text) => `<th scope="col">${escapeText(text)}</th>`).join('');
  return `<div class="scroll" role="region" aria-label="${escapeText(name)}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>`;
}
