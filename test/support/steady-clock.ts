import type { EndpointClock } from '../../kernel-lib/src/models/endpoint-settings.js';

/** A clock that stands still but for pauses, which end at once and are noted; chance is always a half. */
export function steadyClock(): EndpointClock & { readonly pauses: number[] } {
  let now = 0;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    async pause(ms, signal) {
      signal?.throwIfAborted();
      pauses.push(ms);
      now += ms;
    },
    chance: () => 0.5,
  };
}
