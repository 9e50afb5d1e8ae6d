// What Lumino touches while it loads, and jsdom does not have.
Object.assign(globalThis, { DragEvent: (globalThis as { DragEvent?: unknown }).DragEvent ?? class extends Event {} });

export {};
