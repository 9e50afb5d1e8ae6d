// What Lumino touches while it loads, and jsdom does not have.
Object.assign(globalThis, { DragEvent: globalThis.DragEvent ?? class extends Event {} });

export const browserStubs = true;
