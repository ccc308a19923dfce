/** How often the runner may crash in how long before it is left alone. */
const mostCrashes = 3;
const windowMs = 5 * 60 * 1000;

/** Remembers crashes. A pack that crashes every time would else be tried for ever. */
export interface CrashCount {
  /** Notes a crash now; answers how many there were within the last five minutes. */
  add(): number;
  /** Crashes within the last five minutes. */
  recent(): number;
  /** Three of them: no new start until the first of them is five minutes old. */
  isTooMany(): boolean;
}

/** `nowMs`: any clock that only goes forward. */
export function countCrashes(nowMs: () => number): CrashCount {
  let times: readonly number[] = [];
  const recent = () => {
    times = times.filter((time) => nowMs() - time < windowMs);
    return times.length;
  };
  return {
    add: () => {
      times = [...times, nowMs()];
      return recent();
    },
    recent,
    isTooMany: () => recent() >= mostCrashes,
  };
}
