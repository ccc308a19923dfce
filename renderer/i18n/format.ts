import { framesPerSecond, type Rate } from '../../engine/document/time.ts';
import { type Message, sentence } from './sentence.ts';

/** Bytes as people read disks: decimal units, two digits that matter below ten. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const text = unit === 0 || value >= 9.95 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '');
  return `${text} ${units[unit]}`;
}

/** 24, 29.97, 12.5: as few digits as name the rate. */
export function formatRate(rate: Rate): string {
  return String(Math.round(framesPerSecond(rate) * 1000) / 1000).replace(/(\.\d\d)\d+$/, '$1');
}

/** A countdown: 0:42, 12:05. Rounds up, so that it ends at 0:00 and not before. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** An estimate, as coarse as it is sure: to the second below 10 s, then to 5 s, 10 s and the minute. */
export function aboutDuration(seconds: number): Message {
  if (seconds < 10) return sentence('time.seconds', { seconds: Math.max(1, Math.round(seconds)) });
  if (seconds >= 600) return sentence('time.minutes', { minutes: Math.round(seconds / 60) });
  const grainSeconds = seconds < 120 ? 5 : 10;
  const rounded = Math.round(seconds / grainSeconds) * grainSeconds;
  const minutes = Math.floor(rounded / 60);
  if (minutes === 0) return sentence('time.seconds', { seconds: rounded });
  if (rounded % 60 === 0) return sentence('time.minutes', { minutes });
  return sentence('time.minutesSeconds', { minutes, seconds: rounded % 60 });
}

/** A length of footage in seconds with at most one decimal: 4.0, 12.5. */
export function formatSeconds(seconds: number): string {
  return seconds.toFixed(1);
}
