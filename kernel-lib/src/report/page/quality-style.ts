/** What the pages of model quality add to the style sheet. */
export const qualityStyle: string = `
:root{--estimated:#7b3fb5}
@media screen and (prefers-color-scheme:dark){:root{--estimated:#c9a2f5}}
.key.line::before{height:2px;width:14px;border-radius:0}
.metrics small,.segments small,.matrix small{display:block;color:var(--muted);font-size:12px;font-weight:400;white-space:nowrap}
.metrics td,.metrics tbody th,.segments td,.segments tbody th{padding-block:5px}
.aligned{row-gap:28px}
.aligned>figure{display:grid;grid-template-columns:minmax(0,1fr);grid-template-rows:subgrid;grid-row:span 3;row-gap:0}
.aligned figcaption{align-self:start;gap:4px 12px}
.aligned figcaption strong{flex-basis:100%}
.metrics code{color:var(--muted);font-size:12px;font-weight:400}
.metrics tr{scroll-margin-top:16px}
.metrics tr:target>*{background:var(--surface)}
.metrics .state::before{content:"";display:inline-block;width:8px;height:8px;border-radius:50%;background:currentColor;margin-right:8px}
.metrics .state.not-compared::before{background:none;border:1.5px solid currentColor}
.metrics .measured,.segments .measured{color:var(--violated);font-weight:650}
.metrics .estimated{color:var(--estimated)}
.metrics+p{margin-top:12px}
.metrics .reason{white-space:normal}
.warning p{margin:0}
section>details{margin-top:8px}
.by-class{margin-top:28px}
#predictions h3{margin:14px 0 2px}
.others>.charts{margin-top:14px}
.warning ul{margin:6px 0 0;padding-left:20px}
.matrices{display:flex;flex-wrap:wrap;gap:20px 48px;margin:12px 0 36px}
.matrices.stacked{display:block}
.matrices.stacked>div+div{margin-top:24px}
.matrices>div{min-width:0;max-width:100%}
.matrix{width:auto}
.matrix caption{padding-bottom:6px}
.matrix caption strong{color:var(--text);font-weight:600}
.matrix th,.matrix td{padding:5px 10px;text-align:right;vertical-align:middle;border:1px solid var(--background)}
.matrix thead th{white-space:normal;max-width:110px;border:0;vertical-align:bottom}
.matrix thead th:first-child{white-space:nowrap;max-width:none;padding:5px 16px 5px 0;text-align:left}
.matrix .none{color:var(--muted)}
.matrix tbody th{text-align:left;padding-left:0;max-width:160px;border:0}
.matrix th:first-child{position:sticky;left:0;z-index:1;background:var(--background)}
.stacked .matrix td,.stacked .matrix thead th{padding-inline:6px}
.stacked .matrix thead th:not(:first-child){max-width:64px;font-size:12px;line-height:1.3}
.stacked .matrix td{min-width:56px}
.matrix .rows{color:var(--muted);border:0}
.matrix .right,.matrix .wrong{position:relative;isolation:isolate;min-width:64px}
.matrix .right::before,.matrix .wrong::before{content:"";position:absolute;inset:0;z-index:-1;opacity:calc(.04 + var(--share)*.42);background:var(--current)}
.matrix .wrong::before{background:var(--violated);opacity:calc(var(--share)*.75)}
.matrix .right small,.matrix .wrong small{color:inherit}
@media (max-width:900px){.metrics small,.segments small{white-space:normal}}
@media (max-width:680px){
.metrics thead,.segments thead{display:none}
.metrics tr,.segments tr{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:2px 8px;border-bottom:1px solid var(--grid);padding:10px 0}
.metrics tr{grid-template-columns:repeat(2,minmax(0,12fr)) repeat(2,minmax(0,9fr))}
.metrics td,.metrics tbody th,.segments td,.segments tbody th{padding:0;border:0;text-align:left;white-space:normal}
.metrics tbody th,.segments tbody th{grid-column:1/-1}
.metrics .state{grid-column:1/-1}
.metrics td[data-label]::before,.segments td[data-label]::before{content:attr(data-label);display:block;color:var(--muted);font-size:12px;font-weight:400}
.matrix thead th:first-child{white-space:normal;min-width:66px}
.matrix tbody th{max-width:88px}
.stacked .matrix{font-size:12px}.stacked .matrix th,.stacked .matrix td{padding:3px 4px}
.matrix .right,.matrix .wrong{min-width:44px}
}
@media print{
:root{--estimated:#7b3fb5}
.others:not([open]){display:none}
.matrix{font-size:8pt}.matrix small,.metrics small,.segments small{font-size:7pt}
.matrix tr{break-inside:avoid}
}
`.replace(/\n/g, '');
