import { chartTheme, themeVariables } from '../theme.js';

/** The style sheet of the HTML report: light and dark, 360 px to wide, and paper. */
export const pageStyle: string = `
:root{${themeVariables(chartTheme.light)};color-scheme:light}
@media screen and (prefers-color-scheme:dark){:root{${themeVariables(chartTheme.dark)};color-scheme:dark}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--background);color:var(--text);font:15px/1.55 ${chartTheme.fontFamily};font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main,footer{max-width:1120px;margin:0 auto;padding:0 28px}
main{padding-top:40px}
h1,h2,h3{line-height:1.25;margin:0;font-weight:650;letter-spacing:-.01em;text-wrap:pretty}
h1{font-size:30px}
h2{font-size:20px;margin:0 0 4px}
h3{font-size:15px}
p{margin:0 0 10px;max-width:78ch}
a{color:var(--current);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--current);outline-offset:2px;border-radius:3px}
section{margin-top:48px}
.lead{color:var(--muted);margin-bottom:16px}
.eyebrow{color:var(--muted);font-size:14px;margin-bottom:14px}
.status{display:inline-flex;align-items:center;gap:8px;font-weight:650;margin-bottom:10px}
.status svg{width:20px;height:20px;flex:none}
.violated{color:var(--violated)}.drifting{color:var(--drifting)}.ok{color:var(--ok)}.not-compared{color:var(--muted)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(126px,1fr));gap:18px 28px;margin:28px 0 0;padding:20px 0;border-block:1px solid var(--grid)}
.facts .span{grid-column:span 2}
.facts dt{color:var(--muted);font-size:13px}
.facts dd{margin:0;font-weight:550}
.facts small,.small{font-size:13px;color:var(--muted);font-weight:400}
.facts small{display:block}
.warning{border-left:3px solid var(--drifting);padding:8px 14px;background:var(--surface);margin:16px 0}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:7px 16px 7px 0;border-bottom:1px solid var(--grid);font-weight:400}
thead th{color:var(--muted);font-size:13px;vertical-align:bottom;white-space:nowrap;border-bottom-color:var(--axis)}
tbody th{font-weight:550}
th:last-child,td:last-child{padding-right:0}
.number{text-align:right;white-space:nowrap}
caption{text-align:left;color:var(--muted);font-size:13px;padding-bottom:4px}
.scroll{overflow-x:auto}
.scroll table{min-width:max-content}
.scroll .wrap{white-space:normal;min-width:220px;max-width:460px}
.violations{margin-top:14px}
.violations tbody{border-bottom:1px solid var(--grid)}
.violations td,.violations tbody th{border-bottom:0;padding-top:14px}
.violations tbody th{font-weight:650}
.violations .detail td{padding-top:0;padding-bottom:14px}
.violations .measured{color:var(--violated);font-weight:650}
.violations .group th{color:var(--muted);font-weight:400;padding:26px 0 6px}
.violations .impact{margin:4px 0 6px;color:var(--muted);max-width:86ch}
.other .measured{color:inherit;font-weight:400}
details>summary{cursor:pointer;color:var(--muted);font-size:14px;width:fit-content;max-width:100%}
details>summary:hover{color:var(--text)}
.folded{padding:8px 0 4px}
.record{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 18px;margin:4px 0;font-size:14px}
.record dt{color:var(--muted)}
.record dd{margin:0}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:0;white-space:pre-wrap;background:var(--surface);padding:8px 12px;border-radius:6px}
figure{margin:0;min-width:0}
figcaption{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;margin-bottom:6px}
figcaption strong{font-weight:600}
figure svg{display:block;width:100%;height:auto;font:12px ${chartTheme.fontFamily};overflow:visible}
figure details{margin-top:2px}
.key{color:var(--muted);font-size:13px;display:inline-flex;gap:6px;align-items:center;white-space:nowrap}
.key::before{content:"";width:12px;height:10px;border-radius:2px;background:var(--key)}
.key.dash::before{height:0;width:14px;background:none;border-top:2px dashed var(--key);border-radius:0}
.key.whisker::before{height:7px;width:12px;background:linear-gradient(var(--text),var(--text)) center/100% 1.5px no-repeat;border-left:1.5px solid var(--text);border-radius:0}
.narrow{display:none}
.features{border-top:1px solid var(--grid);margin-top:14px}
.feature{border-bottom:1px solid var(--grid);scroll-margin-top:8px}
.feature>summary{display:grid;grid-template-columns:minmax(0,1fr) 150px minmax(0,230px);gap:4px 20px;align-items:baseline;width:100%;padding:12px 0 12px 22px;color:var(--text);font-size:15px;list-style:none;position:relative}
.feature>summary::-webkit-details-marker{display:none}
.feature>summary::before{content:"";position:absolute;left:3px;top:19px;width:7px;height:7px;border:solid var(--muted);border-width:0 1.75px 1.75px 0;transform:rotate(-45deg)}
.feature[open]>summary::before{transform:rotate(45deg);top:17px}
.feature>summary:hover{background:var(--surface)}
.feature h3{display:inline;font-size:16px}
.feature .state{font-size:14px}
.feature .state::before{content:"";display:inline-block;width:8px;height:8px;border-radius:50%;background:currentColor;margin-right:8px}
.feature .state.not-compared::before{background:none;border:1.5px solid currentColor}
.feature .distance{font-size:14px;color:var(--muted);text-align:right}
.body{padding:6px 0 30px 22px;scroll-margin-top:60px}
.findings{list-style:none;margin:0 0 16px;padding:0}
.findings li{max-width:86ch;margin-bottom:4px}
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:28px 40px;align-items:start}
.charts.one{grid-template-columns:minmax(0,540px)}
.tables{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,7fr);gap:28px 40px;margin-top:24px;align-items:start}
.tables td,.tables th{padding-block:4px}
.tables tbody th{font-weight:400}
.distances tr:first-child>*{border-bottom:0}
.distances .small{padding-top:0}
.evidence{margin-top:8px}
.reasons{max-width:680px}
.empty{text-align:left;padding:8px 0 24px}
.empty p{font-size:17px}
footer{margin-top:56px;padding-bottom:48px;color:var(--muted);font-size:13px}
footer .record{border-top:1px solid var(--grid);padding-top:18px;font-size:13px}
@media (max-width:820px){.charts,.tables{grid-template-columns:minmax(0,1fr)}figure svg{max-width:560px}.wide-chart svg{max-width:none}}
@media (max-width:680px){
.facts .span{grid-column:1/-1}
main,footer{padding-inline:16px}main{padding-top:24px}h1{font-size:23px}section{margin-top:36px}
.wide{display:none}.narrow{display:block}
.facts{grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:14px 20px}
.violations thead{display:none}
.violations tr{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:2px 14px}
.violations td,.violations tbody th{padding:2px 0;text-align:left;white-space:normal}
.violations tbody th,.violations .what,.violations .detail td,.violations .group th{grid-column:1/-1}
.violations tbody th{padding-top:14px}
.violations td[data-label]::before{content:attr(data-label);display:block;color:var(--muted);font-size:12px;font-weight:400}
.feature>summary{grid-template-columns:minmax(0,1fr) auto}
.feature .distance{grid-column:1/-1;text-align:left}
.body{padding-left:0}
.record{grid-template-columns:minmax(0,1fr);gap:0}.record dd{margin-bottom:6px}
}
@media print{
@page{margin:14mm}
body{font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main,footer{max-width:none;padding:0}
section{margin-top:26pt}
a{color:inherit}
.scroll{overflow:visible}.scroll table{min-width:0}.scroll .wrap{min-width:0}
.scroll .number,.scroll thead th{white-space:normal}
details::details-content{content-visibility:visible;display:block;height:auto}
figure details,.violations details{display:none}
.feature>summary::before{display:none}
.feature>summary,.body{padding-left:0}
h1{font-size:20pt}table,.record{font-size:8.5pt}.small,caption,thead th,.key,.facts dt{font-size:8pt}
h2,h3,.lead,.feature>summary,figcaption,thead{break-after:avoid}
figure,tr,.violations tbody,.facts,.charts,.feature{break-inside:avoid}
.charts{grid-template-columns:repeat(2,minmax(0,1fr));gap:16pt}
.tables{grid-template-columns:minmax(0,5fr) minmax(0,7fr);gap:16pt;margin-top:8pt}
.tables td,.tables th{padding-block:2px}
.feature:not([open]) .tables{display:none}
figure svg{max-width:none}.wide{display:block}.narrow{display:none}
}
`.replace(/\n/g, '');
