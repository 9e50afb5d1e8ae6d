import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { driftIcon } from '../icon.js';

/** The files that the viewers open, by name: the service's own names, and names that end in them (`monday_statistics.json`). */
export function fileTypes(trans: TranslationBundle): DocumentRegistry.IFileType[] {
  const type = (name: string, displayName: string, pattern: string): DocumentRegistry.IFileType => ({
    name: `driftline-${name}`,
    displayName,
    pattern,
    extensions: [],
    mimeTypes: ['application/json'],
    contentType: 'file',
    fileFormat: 'text',
    icon: driftIcon,
  });
  return [
    type('statistics', trans.__('Monitoring statistics'), '^(.*[._-])?statistics\\.json$'),
    type('constraints', trans.__('Monitoring constraints'), '^(.*[._-])?constraints\\.json$'),
    type('violations', trans.__('Constraint violations'), '^(.*[._-])?constraints?_violations\\.json$'),
    type('report', trans.__('Driftline report'), '^(.*[._-])?report\\.json$'),
  ];
}
