/** The page's style: light or dark as the reader's system is. */
export const style = `
:root{color-scheme:light dark;--ground:#fff;--panel:#f6f7f9;--ink:#1b1f27;--faint:#667085;--line:#dfe3ea;
--demand:#3b6fd4;--held:#7d8aa3;--bought:#16917c;--expired:#d9822b;--out:#d92d4a;--ask:#98a1b3;--paid:#6d3fd0}
@media (prefers-color-scheme:dark){:root{--ground:#12151b;--panel:#1a1f28;--ink:#e6e9ef;--faint:#98a2b5;--line:#2d3440;
--demand:#7ba4f7;--held:#8592ab;--bought:#43c2aa;--expired:#f0a356;--out:#ff6b81;--ask:#6f7a8f;--paid:#b294ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1.5rem 1rem 4rem;background:var(--ground);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .3rem}h2{font-size:1.15rem;margin:2.4rem 0 .6rem}
h3{font-size:1rem;margin:0 0 .4rem}p{margin:.3rem 0}.faint,.legend{color:var(--faint)}.legend{font-size:.85rem;max-width:62rem}
.legend i{font-style:normal;white-space:nowrap}.legend i::before{content:"";display:inline-block;width:.75em;height:.75em;
border-radius:2px;margin-right:.35em;background:var(--key)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.05rem .8rem;margin:.8rem 0}dt{font-weight:600}dd{margin:0}
table{border-collapse:collapse;width:100%;font-size:.82rem;white-space:nowrap}
th,td{padding:.35rem .5rem;text-align:right;border-bottom:1px solid var(--line)}tr:last-child td{border-bottom:0}
th{background:var(--panel);font-weight:600;color:var(--faint)}
th:nth-child(-n+2),td:nth-child(-n+2){text-align:left}td:first-child,th:first-child{position:sticky;left:0;background:var(--ground);font-weight:600}th:first-child{background:var(--panel)}
tr.next-market td{border-top:2px solid var(--line)}
.strips{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1.5rem}
.row{display:grid;grid-template-columns:9.5rem 1fr;align-items:center;gap:.5rem;font-size:.8rem}
.row svg{width:100%;height:20px;display:block}.ticks{position:relative;height:1.2em;color:var(--faint)}
.ticks span{position:absolute;transform:translateX(-50%)}
.trace{margin:1.2rem 0;padding:1rem;background:var(--panel);border:1px solid var(--line);border-radius:10px}
.trace h3 span{font-weight:400;color:var(--faint);margin-left:.5em}
figure{margin:.6rem 0 0}figure+figure{margin-top:1.4rem}figcaption{font-size:.85rem;margin-bottom:.3rem}
figcaption span{color:var(--faint);margin-left:.4em}
.band p{display:flex;justify-content:space-between;gap:1rem;margin:.35rem 0 .1rem;font-size:.75rem;color:var(--faint)}
.band svg{display:block;width:100%;height:64px;background:var(--ground);border-radius:4px}
.days{display:flex;font-size:.7rem;color:var(--faint);padding-top:.15rem}
.days span{flex:1;min-width:0;overflow:hidden;border-left:1px solid var(--line);padding-left:.2rem}
path{vector-effect:non-scaling-stroke;fill:none}
path.demand{fill:var(--demand)}path.most{fill:var(--held);fill-opacity:.4}path.held{fill:var(--held)}
path.bought{fill:var(--bought)}path.expired{fill:var(--expired)}path.out{stroke:var(--out);stroke-width:1.5}
path.ask{stroke:var(--ask);stroke-width:1.2}path.paid{stroke:var(--paid);stroke-width:3.5;stroke-linecap:round}
path.grid{stroke:var(--line);stroke-width:1}path.run{stroke:var(--demand);stroke-width:1.5;stroke-opacity:.8}
@media (max-width:40rem){.row{grid-template-columns:7.5rem 1fr;font-size:.72rem}.days span{font-size:.6rem}.trace{padding:.7rem}}
`;
