import { basename, resolve } from 'node:path';
import { isWithin } from '../document/adjust-clips.ts';
import { formatLimits } from '../document/adjust-film.ts';
import { framesPerSecond, type Rate } from '../document/time.ts';
import { type Call, type Command, required, UsageError } from './command.ts';
import { answered, withEngine } from './engine-for.ts';

export const newProject: Command = {
  name: 'new',
  takes: 'DIR',
  summary: 'make a project in a new or empty folder',
  options: [
    { name: 'size', value: 'WxH', summary: 'frame size (default: 1920x1080)' },
    { name: 'rate', value: 'N[/D]', summary: 'frames a second (default: 24; 30000/1001 and 29.97 are the same)' },
  ],
  examples: ['new film', 'new film --size 1080x1920 --rate 30000/1001'],
  run: async (call) => {
    const folder = resolve(required(call, 0, 'DIR'));
    const size = sizeOption(call);
    const rate = rateOption(call);
    return withEngine(undefined, async ({ client, editorId }) => {
      const project = answered(
        await client.project.create({
          folder,
          name: basename(folder),
          language: call.language,
          editorId,
          ...(size ?? {}),
          ...(rate ? { rate } : {}),
        }),
      );
      const [sequence] = project.film.sequences;
      return {
        value: {
          folder: project.folder,
          widthPx: sequence?.widthPx,
          heightPx: sequence?.heightPx,
          rate: sequence?.rate,
        },
        lines: [project.folder],
      };
    });
  },
};

function sizeOption(call: Call): { readonly widthPx: number; readonly heightPx: number } | undefined {
  const text = call.option('size');
  if (text === undefined) return undefined;
  const [, width = '', height = ''] = /^(\d{2,5})[x×](\d{2,5})$/i.exec(text) ?? [];
  const [widthPx, heightPx] = [Number(width), Number(height)];
  const isGood = [widthPx, heightPx].every((side) => isWithin(side, formatLimits.sidePx) && side % 2 === 0);
  if (!isGood) throw new UsageError(`--size takes two even numbers from 16 to 16384, as 1920x1080, not "${text}"`);
  return { widthPx, heightPx };
}

/** The rates films are shot at, by the numbers people call them. */
const namedRates: Readonly<Record<string, Rate>> = {
  '23.976': { num: 24000, den: 1001 },
  '23.98': { num: 24000, den: 1001 },
  '29.97': { num: 30000, den: 1001 },
  '59.94': { num: 60000, den: 1001 },
};

function rateOption(call: Call): Rate | undefined {
  const text = call.option('rate');
  if (text === undefined) return undefined;
  const named = namedRates[text];
  if (named) return named;
  const [, num = '', den = '1'] = /^(\d{1,6})(?:\/(\d{1,6}))?$/.exec(text) ?? [];
  const rate = { num: Number(num), den: Number(den) };
  if (!isWithin(framesPerSecond(rate), formatLimits.framesPerSecond)) {
    throw new UsageError(`--rate takes 1 to 240 frames a second, as 24 or 30000/1001, not "${text}"`);
  }
  return rate;
}
