import { type Html, trusted } from './html-template.js';

// Notebooks are light or dark whatever the system prefers, and keep inline styles only: text takes the notebook's own
// colour, and these four are readable on white and on near-black.
export const red: string = '#d0532f';
export const amber: string = '#a97713';
export const green: string = '#26906f';
const line = 'border:0;border-bottom:1px solid rgba(128,128,128,.35)';
export const cell: Html = trusted(
  `style="text-align:left;vertical-align:top;padding:4px 14px 4px 0;background:none;${line}"`,
);
export const numberCell: Html = trusted(
  `style="text-align:right;vertical-align:top;padding:4px 14px 4px 0;background:none;white-space:nowrap;font-variant-numeric:tabular-nums;${line}"`,
);
export const numberHead: Html = trusted(
  `style="text-align:right;vertical-align:bottom;padding:4px 14px 4px 0;background:none;${line}"`,
);
export const table: Html = trusted(
  'style="border-collapse:collapse;border:0;margin:8px 0;font-size:inherit;background:none"',
);
