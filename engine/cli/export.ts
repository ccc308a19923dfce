import { extname, resolve } from 'node:path';
import { exportDefaults, exportRequestSchema } from '../contract/export.ts';
import {
  type Command,
  CommandFailed,
  provenanceNote,
  required,
  requiredOption,
  UsageError,
  wholeNumber,
} from './command.ts';
import { answered, followJob, openForCommand, withEngine } from './engine-for.ts';

export const exportFilm: Command = {
  name: 'export',
  takes: 'DIR --out FILE',
  summary: 'write the film as an H.264/AAC MP4',
  options: [
    { name: 'out', value: 'FILE', summary: 'the file to write, .mp4, in a folder that is there' },
    { name: 'force', summary: 'replace the file when there is one already; without it nothing is replaced' },
    { name: 'crf', value: 'N', summary: `quality, 0 (lossless) to 40 (small); default ${exportDefaults.crf}` },
    { name: 'preset', value: 'P', summary: `veryfast, medium or slow; default ${exportDefaults.preset}` },
    { name: 'unfinished-black', summary: 'export shots that have no frames yet as black' },
  ],
  notes: [provenanceNote],
  examples: ['export film --out film.mp4', 'export film --out small.mp4 --crf 26 --preset veryfast --json'],
  run: async (call) => {
    const folder = required(call, 0, 'DIR');
    const path = resolve(requiredOption(call, 'out'));
    // A name that promises another kind of file would be a lie that other programs believe.
    if (extname(path).toLowerCase() !== '.mp4')
      throw new UsageError(`--out takes a name that ends in .mp4, not "${path}"`);
    return withEngine(folder, async (engine) => {
      const { projectId, film } = await openForCommand(engine, folder);
      const [sequence] = film.sequences;
      const request = exportRequestSchema.safeParse({
        ...exportDefaults,
        sequenceId: sequence?.id,
        path,
        crf: wholeNumber(call, 'crf', 0, 40) ?? exportDefaults.crf,
        preset: call.option('preset') ?? exportDefaults.preset,
        existing: call.isOn('force') ? 'replace' : exportDefaults.existing,
        unfinished: call.isOn('unfinished-black') ? 'black' : exportDefaults.unfinished,
      });
      if (!request.success)
        throw new UsageError(`--${request.error.issues[0]?.path.join('.')}: ${request.error.issues[0]?.message}`);
      if (!sequence) throw new CommandFailed({ code: 'nothing-to-export' });
      const { jobId } = answered(await engine.client.deliver.start({ projectId, request: request.data }));
      await followJob(engine, projectId, jobId, call);
      return { value: { path }, lines: [path] };
    });
  },
};
