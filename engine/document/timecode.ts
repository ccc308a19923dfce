import { type Frames, frames, type Rate } from './time.ts';

/**
 * hh:mm:ss:ff at the rate's nominal count (30 for 29.97). Drop-frame numbering, written with `;` before the
 * frames, skips two numbers (four at 59.94) each minute except every tenth, so that the clock keeps real time.
 * Negative counts carry a leading minus. Source: SMPTE ST 12-1.
 */
export function formatTimecode(at: Frames, rate: Rate, numbering: 'drop-frame' | 'non-drop'): string {
  const nominal = Math.round(rate.num / rate.den);
  const isDrop = numbering === 'drop-frame';
  const counted = isDrop ? skipDroppedNumbers(Math.abs(at), nominal) : Math.abs(at);
  const ff = counted % nominal;
  const totalSeconds = Math.floor(counted / nominal);
  const clock = [Math.floor(totalSeconds / 3600), Math.floor(totalSeconds / 60) % 60, totalSeconds % 60].map(twoDigits);
  return `${at < 0 ? '-' : ''}${clock.join(':')}${isDrop ? ';' : ':'}${twoDigits(ff)}`;
}

/** Drop-frame numbering belongs to 29.97 and 59.94; every other rate counts straight. */
export function numberingFor(rate: Rate): 'drop-frame' | 'non-drop' {
  return rate.den === 1001 && (rate.num === 30000 || rate.num === 60000) ? 'drop-frame' : 'non-drop';
}

/** A signed offset as editors read it on a trim or a move: `+00:00:14` is mm:ss:ff. */
export function formatOffset(by: Frames, rate: Rate): string {
  const text = formatTimecode(frames(Math.abs(by)), rate, 'non-drop').slice(3);
  return `${by < 0 ? '−' : '+'}${text}`;
}

function skipDroppedNumbers(count: number, nominal: number): number {
  const dropped = nominal / 15;
  const perMinute = nominal * 60 - dropped;
  const perTenMinutes = perMinute * 10 + dropped;
  const tens = Math.floor(count / perTenMinutes);
  const rest = count % perTenMinutes;
  const minutes = rest < nominal * 60 ? 0 : 1 + Math.floor((rest - nominal * 60) / perMinute);
  return count + dropped * (9 * tens + minutes);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
