/** What the pages of attribution add to the style sheets of all pages and of model quality. */
export const attributionStyle: string = `
.ranking>h2 small{font-weight:400;font-size:15px;color:var(--muted)}
.ranking .says{font-size:16px;max-width:86ch;margin:6px 0}
.scale{max-width:620px;margin:10px 0 4px}
.scale svg{display:block;width:100%;height:auto;font:12px inherit;overflow:visible}
.charts.global{grid-template-columns:minmax(0,11fr) minmax(0,9fr);margin-top:18px}
.charts.course{grid-template-columns:minmax(0,11fr) minmax(0,8fr)}
.key.line::before{height:0;width:14px;background:none;border-top:2.5px solid var(--key);border-radius:0}
.key.dot::before{width:9px;height:9px;border-radius:50%}
.key.level::before{display:none}
.ramp{width:44px;height:10px;border-radius:2px;background:linear-gradient(90deg in oklab,var(--drifting),var(--current))}
.table-head{margin:26px 0 2px}
.attributions small{display:block;color:var(--muted);font-size:12px;font-weight:400}
.attributions .direction{white-space:nowrap}
.attributions .rose,.attributions .fell{font-weight:600}
.attributions .unchanged,.attributions .not-judged{color:var(--muted)}
.scroll .groups{min-width:760px}
.scroll .groups th.wrap{min-width:150px;max-width:260px}
.groups td:nth-last-child(-n+3) small{white-space:nowrap}
.place{display:block;color:var(--muted);font-weight:400;font-size:13px}
.output{margin-top:40px;border-top:1px solid var(--grid);padding-top:14px}
.output>summary h2{display:inline;font-size:20px}
@media (max-width:820px){.charts.global,.charts.course{grid-template-columns:minmax(0,1fr)}}
@media print{.ranking .says{font-size:10.5pt}.attributions small,.place{font-size:7pt}.charts.global,.charts.course{grid-template-columns:repeat(2,minmax(0,1fr))}}
`.replace(/\n/g, '');
