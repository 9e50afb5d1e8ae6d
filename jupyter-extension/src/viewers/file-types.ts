import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { driftIcon } from '../icon.js';
import type { FileKind } from './file-content.js';
import { capturePattern, filePatterns } from './file-patterns.js';

/** The type of files that an endpoint's capture wrote. */
const captureType = 'driftline-capture';

/** The file types that the viewers open. They are text, so that editor and JSON tree stay in "Open With". */
export function fileTypes(trans: TranslationBundle): DocumentRegistry.IFileType[] {
  const type = (kind: FileKind, displayName: string): DocumentRegistry.IFileType => ({
    name: `driftline-${kind}`,
    displayName,
    pattern: filePatterns[kind],
    extensions: [],
    mimeTypes: ['application/json'],
    contentType: 'file',
    fileFormat: 'text',
    icon: driftIcon,
  });
  return [
    type('statistics', trans.__('Monitoring statistics')),
    type('constraints', trans.__('Monitoring constraints')),
    type('violations', trans.__('Constraint violations')),
    type('analysis', trans.__('Bias and attribution analysis')),
    type('report', trans.__('Driftline report')),
    {
      name: captureType,
      displayName: trans.__('Captured requests'),
      pattern: capturePattern,
      extensions: [],
      mimeTypes: ['application/jsonl'],
      contentType: 'file',
      fileFormat: 'text',
      icon: driftIcon,
    },
  ];
}
