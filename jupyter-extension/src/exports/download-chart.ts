import { chartImage, type ExportedChart } from './chart-image.js';
import { download } from './download.js';
import { fileName } from './file-name.js';

/** Gives the user a chart as a picture. `titles` name the file. */
export async function downloadChart(
  chart: ExportedChart,
  format: 'png' | 'svg',
  titles: readonly string[],
): Promise<void> {
  download(fileName(titles, format), await chartImage(chart, format));
}
