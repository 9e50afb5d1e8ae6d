import { ReadTally } from '../capture/read-tally.js';
import type { ReadSummary } from '../capture/summary.js';
import type { PlannedPiece, TaskResult } from './capture-task.js';
import { ProfileMerger } from './merge-profiles.js';
import type { Profile } from './profile.js';
import { profileFromState, profileToState } from './profile-file.js';

/** Merges the results of an hour's tasks, which come in order. */
export class HourMerger {
  readonly #merger = new ProfileMerger();
  readonly #tally = new ReadTally();
  #tasks = 0;
  #first: Profile | undefined;
  /** Lines of the object being read, in the pieces before. */
  #linesBefore = 0;

  add(pieces: readonly PlannedPiece[], result: TaskResult): void {
    const profile = profileFromState(result.profile);
    if (this.#tasks++ === 0) {
      this.#first = profile;
    } else {
      if (this.#first) this.#merger.add(this.#first);
      this.#first = undefined;
      this.#merger.add(profile);
    }
    result.pieces.forEach(({ lines, read }, index) => {
      if (pieces[index]!.start === 0) this.#linesBefore = 0;
      this.#tally.add(read, this.#linesBefore);
      this.#linesBefore += lines;
    });
  }

  /** The profile as its saved state gives it, so that a window is the same to the digit from kept and new hours. */
  finish(): { profile: Profile; read: ReadSummary } {
    const profile = this.#first ?? profileFromState(profileToState(this.#merger.finish()));
    return { profile, read: this.#tally.toSummary() };
  }
}
