import { findingLines } from '../host/finding.ts';
import { appFolders, homeFolder, thisMachine } from '../host/folders.ts';
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
    withWorkshop(async (tools) => {
      if (call.isOn('again')) await tools.tryDevices();
      const findings = await machineFindings(tools, appFolders(thisMachine(homeFolder())));
      const broken = findings.filter(({ standing }) => standing === 'broken');
      return {
        complaints: broken.map(({ name, detail }) => `${name}: ${detail}`),
        value: { isWell: broken.length === 0, findings },
        lines: findingLines(findings),
      };
    }),
};
