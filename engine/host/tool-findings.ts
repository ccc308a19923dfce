import { deviceLabel, deviceWords, faultWords, type ToldDevices } from '../contract/device.ts';
import { FailureError } from '../contract/failure.ts';
import { failureWords } from '../contract/failure-words.ts';
import type { FfmpegTool } from '../export/caps.ts';
import type { PackShelf } from '../packs/shelf.ts';
import type { RunnerProgram } from '../runner/runner-process.ts';
import { tryRunner } from '../runner/try-runner.ts';
import type { Finding } from './finding.ts';

export interface FoundTools {
  readonly ffmpegTool: () => Promise<FfmpegTool>;
  readonly runnerProgram: RunnerProgram;
  readonly devices: ToldDevices;
  readonly shelf: Pick<PackShelf, 'catalogue'>;
}

/**
 * What works of the programs, devices and packs on this machine. Starts the runner once, to hear it answer, and ffmpeg
 * as far as `ffmpegTool` does; what became of the devices was found out before.
 */
export async function toolFindings({ ffmpegTool, runnerProgram, devices, shelf }: FoundTools): Promise<Finding[]> {
  return [
    await ffmpegFinding(ffmpegTool),
    await runnerFinding(runnerProgram),
    ...deviceFindings(devices),
    ...(await packFindings(shelf)),
    ...shotFindings(devices),
  ];
}

async function ffmpegFinding(tool: () => Promise<FfmpegTool>): Promise<Finding> {
  try {
    const { path, resampler } = await tool();
    return { name: 'ffmpeg', standing: 'well', detail: resampler === 'zscale' ? path : `${path} (without zscale)` };
  } catch (error) {
    const detail = error instanceof FailureError ? failureWords(error.failure, 'en').happened : String(error);
    return { name: 'ffmpeg', standing: 'broken', detail };
  }
}

async function runnerFinding(program: RunnerProgram): Promise<Finding> {
  const trial = await tryRunner(program);
  if (trial.kind === 'fails') return { name: 'runner', standing: 'broken', detail: trial.reason };
  const { runtime, threads } = trial;
  return { name: 'runner', standing: 'well', detail: `${runtime}, ${threads} thread${threads > 1 ? 's' : ''}` };
}

/** A machine is well without a GPU, but not without its processor. */
function deviceFindings({ devices }: ToldDevices): Finding[] {
  return devices.map((told) => {
    const { verdict, foundAt } = told;
    const { device, kind } = verdict;
    const said = kind === 'passed-over' && verdict.fault.kind === 'absent' ? ` (${lastLine(verdict.fault.said)})` : '';
    const words = `${deviceLabel(device, 'en')}: ${deviceWords(told, 'en')}${said}, found ${foundAt.slice(0, 16)}Z`;
    const standing = kind === 'trusted' ? 'well' : device === 'cpu' ? 'broken' : 'spared';
    return { name: 'device', standing, detail: words };
  });
}

/** Where the next shot of each pack runs. */
function shotFindings({ shots }: ToldDevices): Finding[] {
  return shots.map(({ packName, place }) => {
    const label = deviceLabel(place.device, 'en');
    return place.kind === 'device'
      ? { name: 'shots', standing: 'well', detail: `${packName} runs on ${label}` }
      : {
          name: 'shots',
          standing: 'broken',
          detail: `${packName} cannot run on ${label}: ${faultWords(place.fault).en}`,
        };
  });
}

/** The runtime's reasons begin with places in its source; the reason itself is their last sentence. */
function lastLine(said: string): string {
  return (
    said
      .trim()
      .split(/\. |\n/)
      .at(-1) ?? said
  );
}

async function packFindings(shelf: FoundTools['shelf']): Promise<Finding[]> {
  const { packs, refused } = await shelf.catalogue();
  const found = packs.map(({ pack }): Finding => {
    const { name, version, id } = pack.manifest;
    return { name: 'pack', standing: 'well', detail: `${name} ${version} (${id})` };
  });
  const broken = refused.map(({ failure }): Finding => {
    return { name: 'pack', standing: 'broken', detail: failureWords(failure, 'en').happened };
  });
  return found.length + broken.length > 0
    ? [...found, ...broken]
    : [{ name: 'pack', standing: 'broken', detail: 'none' }];
}
