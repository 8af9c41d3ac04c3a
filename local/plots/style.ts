/** The colours that series have, in pages for light and for dark. */
const colours = {
  ask: ['#7d8aa3', '#8592ab'],
  bought: ['#16917c', '#43c2aa'],
  cap: ['#d92d4a', '#ff6b81'],
  cover: ['#2f7fb8', '#6cbcf0'],
  demand: ['#3b6fd4', '#7ba4f7'],
  expired: ['#d9822b', '#f0a356'],
  held: ['#3b6fd4', '#7ba4f7'],
  incoming: ['#16917c', '#43c2aa'],
  out: ['#d92d4a', '#ff6b81'],
  paid: ['#6d3fd0', '#b294ff'],
  reserved: ['#b98a2e', '#d9b25c'],
  spent: ['#6d3fd0', '#b294ff'],
  used: ['#3b6fd4', '#7ba4f7'],
} as const;

/** Name of a colour; in a page `var(--NAME)`. */
export type Colour = keyof typeof colours;

const surfaces = {
  ground: ['#fff', '#12151b'],
  panel: ['#f6f7f9', '#1a1f28'],
  ink: ['#1b1f27', '#e6e9ef'],
  faint: ['#5c6779', '#a1abbd'],
  line: ['#dfe3ea', '#2d3440'],
} as const;

const tokens = Object.entries({ ...surfaces, ...colours });

function variables(scheme: 0 | 1): string {
  return tokens.map(([name, values]) => `--${name}:${values[scheme]}`).join(';');
}

/** The style of pages with plots: light or dark as the reader's system is, readable on a phone, and printable. */
export const pageStyle = `
:root{color-scheme:light dark;${variables(0)}}
@media (prefers-color-scheme:dark){:root{${variables(1)}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1.5rem 1rem 4rem;background:var(--ground);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .3rem}h2{font-size:1.15rem;margin:2.4rem 0 .6rem}
h3{font-size:1rem;margin:0 0 .4rem}p{margin:.3rem 0}.faint,.legend{color:var(--faint)}.legend{font-size:.85rem;max-width:62rem}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:.82rem;white-space:nowrap}
th,td{padding:.35rem .5rem;text-align:right;border-bottom:1px solid var(--line)}tr:last-child>*{border-bottom:0}
thead th{background:var(--panel);font-weight:600;color:var(--faint)}
td:first-child,th:first-child{text-align:left;position:sticky;left:0;background:var(--ground);font-weight:600}
thead th:first-child{background:var(--panel)}
.panel{margin:1.2rem 0;padding:1rem;background:var(--panel);border:1px solid var(--line);border-radius:10px}
path{vector-effect:non-scaling-stroke;fill:none}
.plot{margin:1.4rem 0 0}.panel>.plot:first-child{margin-top:0}.plot p{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .9rem;margin:0 0 .5rem;font-size:.82rem}
.plot p span{color:var(--faint)}.plot p b{color:var(--ink);margin-right:.3em}
.plot p i{font-style:normal;white-space:nowrap;color:var(--faint)}
.plot p i::before{content:"";display:inline-block;width:.75em;height:.75em;border-radius:2px;margin-right:.35em;background:var(--key)}
.plot p i.line::before,.plot p i.marks::before{height:.2em;vertical-align:.25em}.plot p i.dots::before{border-radius:50%}
.plot p i.soft::before{opacity:.45}
.frame{position:relative;margin-left:3.1rem;padding-bottom:1.4rem}
.frame svg{display:block;width:100%;height:var(--plot-height,140px);background:var(--ground);border-radius:4px;overflow:visible}
.ys{position:absolute;right:100%;top:0;height:var(--plot-height,140px);margin-right:.45rem}
.ys span,.xs span{position:absolute;font-size:.7rem;line-height:1;color:var(--faint);white-space:nowrap}
.ys span{right:0;transform:translateY(-50%)}.xs{position:absolute;left:0;right:0;bottom:.3rem;height:.8rem;overflow:hidden}
.xs span{padding-left:.25rem;border-left:1px solid var(--line)}
path.area,path.bars{fill:var(--key)}path.line{stroke:var(--key);stroke-width:1.5}path.soft{fill-opacity:.4;stroke-opacity:.6}
path.dots{stroke:var(--key);stroke-width:4;stroke-linecap:round}path.marks{stroke:var(--key);stroke-width:1.5}
path.grid{stroke:var(--line);stroke-width:1}path.zero{stroke:var(--faint);stroke-width:1}
.hover path{fill:transparent}.hover path:hover{fill:var(--ink);fill-opacity:.08}
@media (max-width:40rem){.panel{padding:.7rem}.frame{margin-left:2.6rem}.xs .minor{display:none}}
@media print{body{max-width:none;padding:0}.panel,.plot{break-inside:avoid}}
`;
