/** What the pages of bias add to the style sheets of all pages and of model quality. */
export const biasStyle: string = `
.violations .facet{display:block;font-weight:400;font-size:13px}
#violations .others{margin-top:18px}
.bias-page h1{font-size:23px;line-height:1.35}
.group>h2 small{font-weight:400;font-size:15px;color:var(--muted)}
.group .says{font-size:16px;max-width:86ch}
.group h4,.finding h4{font-size:14px;font-weight:600;margin:14px 0 2px}
.group>details{margin-top:8px}
.dots{margin:22px 0 6px}
.dots figcaption strong{flex-basis:100%}
.dots h4{color:var(--muted);font-weight:550;font-size:13px;margin:12px 0 0}
.key.dot::before{width:9px;height:9px;border-radius:50%}
.key.hollow::before{width:9px;height:9px;border-radius:50%;background:none;border:2px solid var(--key)}
.key.diamond::before{width:8px;height:8px;border-radius:0;background:none;border:1.75px solid var(--key);transform:rotate(45deg)}
.key.band::before{opacity:.35;width:14px}
.key.upright::before{width:1.5px;height:14px;border-radius:0}
.finding{border-left:3px solid var(--violated);padding:2px 0 4px 18px;margin:26px 0;scroll-margin-top:16px}
.finding h3{margin-bottom:4px}
.finding h3 code{color:var(--muted);font-weight:400}
.finding>p{max-width:86ch}
.finding .charts{margin-top:14px}
.finding .segments{max-width:680px}
.metrics .stage th{color:var(--muted);font-weight:400;padding-top:16px}
.metrics.bias .state{min-width:130px}
.metrics.bias .state .reason{display:block;color:var(--muted);font-weight:400;margin-left:16px}
.metrics .service{color:var(--drifting)}
.meanings{row-gap:10px}
.sides{max-width:760px}
.sides thead th{white-space:normal}
.by-side{margin-top:28px}
.fairness small.wrap{white-space:normal;max-width:70ch}
.heat{position:relative;isolation:isolate;text-align:center}
.matrix td.heat{text-align:center;min-width:104px}
.heat::before{content:"";position:absolute;inset:0;z-index:-1;opacity:calc(.05 + var(--share,.5)*.45);background:none}
.heat.above::before{background:var(--violated)}
.heat.below::before{background:var(--current)}
.heat strong{font-size:15px}
.heat small{color:inherit;opacity:.85}
.heat.sample{padding:1px 6px;display:inline-block;color:var(--text)}
.crossing th[scope=col]{text-align:center}
.matrices h4{margin:0 0 2px;font-size:14px}
@media (max-width:680px){
.bias-page h1{font-size:19px}
.violations .facet{display:inline;margin-left:6px}
.finding{padding-left:12px}
.metrics .stage{display:block;border:0;padding-bottom:0}
.matrix td.heat{min-width:84px;padding:5px 4px}
.metrics.sides tr{grid-template-columns:repeat(3,minmax(0,1fr))}
.sides td:nth-child(2){grid-column:1/-1;color:var(--muted)}
.segments tr{grid-template-columns:repeat(3,minmax(0,1fr))}
.heat small{white-space:normal}
.metrics.bias tr:not(.stage){grid-template-columns:repeat(2,minmax(0,1fr))}
.metrics.fairness tr{grid-template-columns:repeat(3,minmax(0,1fr))}
}
@media print{
.bias-page h1{font-size:14pt}
.finding,.heat{break-inside:avoid}
.group .says{font-size:10.5pt}
}
`.replace(/\n/g, '');
