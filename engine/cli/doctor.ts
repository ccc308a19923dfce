import { placeToUse } from '../caches/caches.ts';
import { findingLines } from '../host/finding.ts';
import { machineFindings } from '../host/machine-findings.ts';
import type { Command } from './command.ts';
import { withWorkshop } from './with-workshop.ts';

export const doctor: Command = {
  name: 'doctor',
  takes: '',
  summary: 'check that everything Shotloom needs is there and works',
  options: [{ name: 'again', summary: 'try every device anew, whatever was found of it before' }],
  examples: ['doctor', 'doctor --again --json'],
  run: (call) =>
    withWorkshop(async (tools, { folders, settings }) => {
      if (call.isOn('again')) await tools.tryDevices();
      const cache = placeToUse({ usualPlace: folders.cache, chosenFolder: () => settings.now().cacheFolder ?? '' });
      const findings = await machineFindings(tools, { ...folders, cache });
      const broken = findings.filter(({ standing }) => standing === 'broken');
      return {
        complaints: broken.map(({ name, detail }) => `${name}: ${detail}`),
        value: { isWell: broken.length === 0, findings },
        lines: findingLines(findings),
      };
    }),
};
