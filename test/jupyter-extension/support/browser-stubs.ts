// What Lumino touches while it loads, and jsdom does not have.
globalThis.DragEvent ??= class extends Event {} as typeof DragEvent;

export {};
