import { MonitorError } from '../errors.js';

/** Reads the parts of a parsed file and says what is wrong with them. */
export interface PartReader {
  /** An object. */
  child(parent: unknown, key: string, where: string): unknown;
  text(parent: unknown, key: string, where: string): string;
  list(parent: unknown, key: string, where: string): readonly unknown[];
  /** A list of numbers; true and false among them where a file has those. */
  numbers(parent: unknown, key: string, where: string): readonly number[];
  /** @throws MonitorError `MODEL`: there is no support for a part that the file has. */
  refuse(part: string, fix: string, where?: string): never;
  /** @throws MonitorError `MODEL`: the file is damaged. */
  broken(what: string, where: string): never;
}

/**
 * @param library - as a message names it: "XGBoost".
 * @param save - the call that writes such a file.
 */
export function partReader(library: string, save: string): PartReader {
  const refuse = (part: string, fix: string, where?: string): never => {
    throw new MonitorError('MODEL', `Driftline does not read ${library} models with ${part}.`, {
      fix,
      ...(where === undefined ? {} : { where }),
    });
  };
  const broken = (what: string, where: string): never => {
    throw new MonitorError('MODEL', `The ${library} model cannot be read: ${what}.`, {
      where,
      fix: `save the model again with ${save}`,
    });
  };
  const list = (parent: unknown, key: string, where: string): readonly unknown[] => {
    const value = optional(parent, key);
    return Array.isArray(value) ? value : broken(`has no list "${key}"`, where);
  };
  return {
    child(parent, key, where) {
      const value = optional(parent, key);
      if (typeof value === 'object' && value !== null) return value;
      const path = where === '' ? key : `${where}.${key}`;
      throw new MonitorError('MODEL', `This is not ${article(library)} model: "${path}" is missing.`, {
        fix: `give the file that ${save} writes`,
      });
    },
    text(parent, key, where) {
      const value = optional(parent, key);
      return typeof value === 'string' ? value : broken(`has no text "${key}"`, where);
    },
    list,
    numbers(parent, key, where) {
      const values = list(parent, key, where);
      // `default_left` holds booleans in files of older versions.
      if (values.every((value) => typeof value === 'number' || typeof value === 'boolean')) {
        return values as readonly number[];
      }
      return broken(`holds something else than numbers in "${key}"`, where);
    },
    refuse,
    broken,
  };
}

/** A property of its own, undefined without. */
export function optional(parent: unknown, key: string): unknown {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) return undefined;
  return (parent as Record<string, unknown>)[key];
}

function article(library: string): string {
  return /^[AEIOX]/.test(library) ? `an ${library}` : `a ${library}`;
}
