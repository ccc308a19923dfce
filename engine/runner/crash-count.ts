/** How often the runner may crash in how long before it is left alone. */
const mostCrashes = 3;
const windowMs = 5 * 60 * 1000;

/** Remembers crashes. A pack that crashes every time would else be tried for ever. */
export interface CrashCount {
  /** Notes a crash now; answers how many there were within the last five minutes. */
  add(): number;
  /** Crashes within the last five minutes; once there were too many, those that were. */
  recent(): number;
  /** There were three within five minutes: no new start, however long ago that was, until they are forgotten. */
  isTooMany(): boolean;
  forget(): void;
}

/** `nowMs`: any clock that only goes forward. */
export function countCrashes(nowMs: () => number): CrashCount {
  let times: readonly number[] = [];
  const isTooMany = () => times.length >= mostCrashes;
  const recent = () => {
    if (!isTooMany()) times = times.filter((time) => nowMs() - time < windowMs);
    return times.length;
  };
  return {
    add: () => {
      recent();
      times = [...times, nowMs()];
      return times.length;
    },
    recent,
    isTooMany,
    forget: () => {
      times = [];
    },
  };
}
