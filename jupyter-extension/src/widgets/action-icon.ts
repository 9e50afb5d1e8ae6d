import { svgElement, svgIcon } from './svg-element.js';

const shapes = {
  run: 'M4 2.500v11l9-5.500z',
  pause: 'M4 2.500h2.750v11H4zm5.250 0H12v11H9.250z',
  resume: 'M3 2.500h2v11H3zm4 0v11l7-5.500z',
  edit: 'M11.300 1.700l3 3-8.600 8.600-3.700.700.700-3.700zM11.300 3.800 4.100 11l-.200.900.900-.200 7.200-7.200z',
  open: 'M2 13.500h12V15H2zM3 8h2.500v4H3zm4-4h2.500v8H7zm4 2h2.500v6H11z',
  refresh:
    'M8 2.500a5.500 5.500 0 0 1 4.200 2V2.500h1.500V7H9.200V5.500h2A4 4 0 1 0 12 8h1.500A5.500 5.500 0 1 1 8 2.500z',
  folder: 'M1.500 3h5l1.500 1.500h6.500V13h-13zM3 6v5.500h10V6z',
  clear:
    'M4.600 3.500 8 6.900l3.400-3.400 1.100 1.100L9.100 8l3.400 3.400-1.100 1.100L8 9.100l-3.400 3.400-1.100-1.100L6.900 8 3.500 4.600z',
  add: 'M7.250 2.500h1.500v4.750h4.750v1.500H8.750v4.750h-1.500V8.750H2.500v-1.500h4.750z',
} as const;

export type ActionShape = keyof typeof shapes;

/** A picture for a button that has a name in words. */
export function actionIcon(name: ActionShape): SVGSVGElement {
  return svgIcon(14, svgElement('path', { d: shapes[name] }));
}
