import { LabIcon } from '@jupyterlab/ui-components';

/** Two distributions that have moved apart. */
export const driftIcon: LabIcon = new LabIcon({
  name: 'driftline:drift',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><g class="jp-icon3 jp-icon-selectable" fill="#616161"><path fill-opacity=".45" d="M1 20c3.2 0 3.7-15 7.5-15S12.800 20 16 20z"/><path d="M8 20c3.200 0 3.700-15 7.500-15S19.800 20 23 20zm2.900-1.800h9.200C18.300 16 17.300 7 15.500 7s-2.800 9-4.600 11.200z"/></g></svg>',
});
