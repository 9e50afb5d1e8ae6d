import { createHash } from 'node:crypto';
import type { CaptureHour } from '../capture/capture-hour.js';
import type { ReadPlan } from '../capture/read-plan.js';
import type { ReadSummary } from '../capture/summary.js';
import { joinUri, openStorage } from '../storage/open-storage.js';
import type { Storage, StorageOptions } from '../storage/storage.js';
import { packageVersion } from '../version.js';
import type { Profile } from './profile.js';
import { type ProfileState, profileFromState, profileToState, stateToJson } from './profile-file.js';

const VERSION = 1;

interface HourState {
  readonly schema: 'driftline.hour';
  readonly version: typeof VERSION;
  readonly read: ReadSummary;
  readonly profile: ProfileState;
}

/**
 * Keeps the profiles of captured hours under `{folder}/yyyy/mm/dd/hh/`. A file's name says what it was made from: the
 * release, the plan (with the hook module's content, though not that of modules it imports), and every object's URI and
 * version. So another plan, or a file that was added or has changed, finds nothing. Of one plan the newest is kept.
 *
 * Hours cut by a window within the hour are not kept: `openHourCache` gives undefined for such a plan.
 */
export class HourCache {
  readonly #folder: string;
  readonly #storage: Storage;
  readonly #planKey: string;

  constructor(folder: string, storage: Storage, planKey: string) {
    this.#folder = folder;
    this.#storage = storage;
    this.#planKey = planKey;
  }

  /** What is kept of this hour as it is now; undefined when there is nothing, or nothing readable. */
  async load(
    hour: CaptureHour,
    options: StorageOptions = {},
  ): Promise<{ profile: Profile; read: ReadSummary } | undefined> {
    try {
      const content = await this.#storage.read(this.#uri(hour), options);
      const state = JSON.parse(Buffer.from(content).toString('utf8')) as HourState;
      if (state.schema !== 'driftline.hour' || state.version !== VERSION) return undefined;
      if (!Array.isArray(state.read.examples) || !Array.isArray(state.read.reasons)) return undefined;
      return { profile: profileFromState(state.profile), read: state.read };
    } catch {
      options.signal?.throwIfAborted();
      return undefined;
    }
  }

  /** Keeps an hour's profile in place of earlier ones made by the same plan. */
  async save(hour: CaptureHour, profile: Profile, read: ReadSummary, options: StorageOptions = {}): Promise<void> {
    const uri = this.#uri(hour);
    const state: HourState = {
      schema: 'driftline.hour',
      version: VERSION,
      read,
      profile: stateToJson(profileToState(profile)),
    };
    await this.#storage.write(uri, `${JSON.stringify(state)}\n`, options);
    for await (const object of this.#storage.list(this.#hourFolder(hour), options)) {
      const name = object.uri.slice(object.uri.lastIndexOf('/') + 1);
      if (name.startsWith(`${this.#planKey}-`) && name !== uri.slice(uri.lastIndexOf('/') + 1)) {
        await this.#storage.remove(object.uri, options);
      }
    }
  }

  #hourFolder(hour: CaptureHour): string {
    const parts = hour.hour === undefined ? ['no-hour'] : new Date(hour.hour).toISOString().slice(0, 13).split(/[-T]/);
    return joinUri(this.#folder, ...parts);
  }

  #uri(hour: CaptureHour): string {
    const objects = hour.objects.map(({ uri, version: objectVersion }) => [uri, objectVersion]);
    return joinUri(this.#hourFolder(hour), `${this.#planKey}-${digest(objects)}.json`);
  }
}

/** The cache in a folder for what this plan reads; undefined without a folder, or where hours are cut by a window. */
export async function openHourCache(folder: string | undefined, plan: ReadPlan): Promise<HourCache | undefined> {
  if (folder === undefined || plan.window !== undefined) return undefined;
  const hook = plan.recordHook === undefined ? '' : await hookText(plan.recordHook);
  // What the key cannot tell apart is not kept.
  if (hook === undefined) return undefined;
  return new HourCache(folder, await openStorage(folder), digest([packageVersion(), VERSION, plan, hook]));
}

async function hookText(location: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await openStorage(location).read(location));
  } catch {
    return undefined;
  }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24);
}
