import { z } from 'zod';
import { assertNever } from '../document/film.ts';
import type { Language } from './failure-words.ts';
import { packIdSchema } from './ids.ts';

// What a machine has to compute networks with, and what came of trying each. A device is only used after its arithmetic
// was found right on this very machine.

/** What ONNX Runtime calls them, the one to be preferred first. `cpu` is always there. */
export const deviceNames = ['cuda', 'webgpu', 'dml', 'coreml', 'cpu'] as const;
export type DeviceName = (typeof deviceNames)[number];

/** What is computed; `opening` is before anything is. */
export const deviceCheckSchema = z.enum([
  'opening',
  'matrices',
  'convolution',
  'normalisation',
  'attention',
  'speed',
  'pack', // the networks of one, by themselves
  'shot', // not on trial any more
]);
export type DeviceCheck = z.infer<typeof deviceCheckSchema>;

/** Why a device is not used. */
export const deviceFaultSchema = z.discriminatedUnion('kind', [
  /** There is none, or a library for it is missing; `said` is the runtime's own reason. */
  z.object({ kind: z.literal('absent'), said: z.string() }),
  /** It gave up on a computation, in its own words. */
  z.object({ kind: z.literal('refused'), during: deviceCheckSchema, said: z.string() }),
  /** Its process died, or spoke nonsense. */
  z.object({ kind: z.literal('crashed'), during: deviceCheckSchema, how: z.string() }),
  z.object({ kind: z.literal('silent'), during: deviceCheckSchema, seconds: z.number() }),
  /** `error`: the largest, beside the largest value that should come out. */
  z.object({ kind: z.literal('wrong'), during: deviceCheckSchema, error: z.number() }),
  /** Right, and slower than the processor by this much. */
  z.object({ kind: z.literal('slow'), times: z.number() }),
]);
export type DeviceFault = z.infer<typeof deviceFaultSchema>;

export const deviceVerdictSchema = z.discriminatedUnion('kind', [
  /** `timesFaster` than the processor, in a convolution. */
  z.object({ kind: z.literal('trusted'), device: z.enum(deviceNames), timesFaster: z.number() }),
  z.object({ kind: z.literal('passed-over'), device: z.enum(deviceNames), fault: deviceFaultSchema }),
]);
export type DeviceVerdict = z.infer<typeof deviceVerdictSchema>;

/** A verdict and when it was found: kept from one start to the next while drivers, runtime and pack are the same. */
export const triedDeviceSchema = z.object({ verdict: deviceVerdictSchema, foundAt: z.iso.datetime() });
export type TriedDevice = z.infer<typeof triedDeviceSchema>;

/** What shots are to run on: the best device that is right, or this one and no other. */
export const deviceChoiceSchema = z.enum(['auto', ...deviceNames]);
export type DeviceChoice = z.infer<typeof deviceChoiceSchema>;

/** Where shots of a pack run, or on which device they would and cannot. */
export const shotPlaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('device'), device: z.enum(deviceNames) }),
  z.object({ kind: z.literal('nowhere'), device: z.enum(deviceNames), fault: deviceFaultSchema }),
]);
export type ShotPlace = z.infer<typeof shotPlaceSchema>;

/** A device, and what came of the packs of this machine that were made for it; `fault` where their networks fail on it. */
export const toldDeviceSchema = triedDeviceSchema.extend({
  packs: z.array(z.object({ name: z.string(), fault: deviceFaultSchema.exactOptional() })),
});
export type ToldDevice = z.infer<typeof toldDeviceSchema>;

export const toldDevicesSchema = z.object({
  devices: z.array(toldDeviceSchema),
  /** Every pack of this machine and where its next shot runs. */
  shots: z.array(z.object({ packId: packIdSchema, packName: z.string(), place: shotPlaceSchema })),
});
export type ToldDevices = z.infer<typeof toldDevicesSchema>;

/** Whether shots can be sent to a device by choice: it is right, and a pack was made for it and is right on it. */
export function isOffered({ verdict, packs }: ToldDevice): boolean {
  return verdict.kind === 'trusted' && packs.some(({ fault }) => fault === undefined);
}

/** What people call a device. */
export function deviceLabel(device: DeviceName, language: Language): string {
  const labels: Readonly<Record<DeviceName, Readonly<Record<Language, string>>>> = {
    cuda: { en: 'GPU (CUDA)', 'zh-CN': 'GPU（CUDA）' },
    webgpu: { en: 'GPU (WebGPU)', 'zh-CN': 'GPU（WebGPU）' },
    dml: { en: 'GPU (DirectML)', 'zh-CN': 'GPU（DirectML）' },
    coreml: { en: 'Apple Neural Engine (Core ML)', 'zh-CN': '苹果神经引擎（Core ML）' },
    cpu: { en: 'Processor', 'zh-CN': '处理器' },
  };
  return labels[device][language];
}

/** How a device stands, in a short sentence without its name and without a full stop: what it does, or why it is not used. */
export function deviceWords({ verdict, packs }: ToldDevice, language: Language): string {
  const isEnglish = language === 'en';
  const notUsed = (why: string) => (isEnglish ? `not used: ${why}` : `未使用：${why}`);
  if (verdict.kind === 'passed-over') return notUsed(faultWords(verdict.fault)[language]);
  if (packs.length === 0)
    return notUsed(isEnglish ? 'no pack on this machine was made for it' : '这台电脑上没有为它制作的模型包');
  const failing = packs.flatMap(({ name, fault }) => (fault ? [`${name}: ${faultWords(fault)[language]}`] : []));
  const right = isEnglish ? 'computes right' : '计算正确';
  if (failing.length === 0) return right;
  const reasons = failing.join(isEnglish ? '; ' : '；');
  if (failing.length === packs.length) return notUsed(reasons);
  return isEnglish ? `${right}, but not with ${reasons}` : `${right}，但不用于 ${reasons}`;
}

/** Why a device is not used, in both languages: a clause without a full stop. */
export function faultWords(fault: DeviceFault): Readonly<Record<Language, string>> {
  switch (fault.kind) {
    case 'absent':
      return { en: 'none that could be used was found', 'zh-CN': '没有找到可用的设备' };
    case 'refused': {
      const during = checkWords[fault.during];
      return { en: `it cannot compute ${during.en}`, 'zh-CN': `它不能计算${during['zh-CN']}` };
    }
    case 'crashed': {
      const during = checkWords[fault.during];
      return {
        en: `it crashed at ${during.en} (${fault.how})`,
        'zh-CN': `它在计算${during['zh-CN']}时崩溃（${fault.how}）`,
      };
    }
    case 'silent': {
      const during = checkWords[fault.during];
      return {
        en: `it gave no answer to ${during.en} within ${fault.seconds} s`,
        'zh-CN': `它在 ${fault.seconds} 秒内没有算完${during['zh-CN']}`,
      };
    }
    case 'wrong': {
      const during = checkWords[fault.during];
      const percent = (fault.error * 100).toFixed(fault.error < 0.1 ? 1 : 0);
      return {
        en: `it computes ${during.en} wrong, by ${percent} %`,
        'zh-CN': `它计算${during['zh-CN']}有误，偏差 ${percent}%`,
      };
    }
    case 'slow':
      return {
        en: `it is ${fault.times.toFixed(fault.times < 10 ? 1 : 0)} times slower than the processor`,
        'zh-CN': `它比处理器慢 ${fault.times.toFixed(fault.times < 10 ? 1 : 0)} 倍`,
      };
    default:
      return assertNever(fault);
  }
}

const checkWords: Readonly<Record<DeviceCheck, Readonly<Record<Language, string>>>> = {
  opening: { en: 'anything', 'zh-CN': '任何内容' },
  matrices: { en: 'products of matrices', 'zh-CN': '矩阵乘积' },
  convolution: { en: 'a convolution', 'zh-CN': '卷积' },
  normalisation: { en: 'a normalisation', 'zh-CN': '归一化' },
  attention: { en: 'attention', 'zh-CN': '注意力' },
  speed: { en: 'a large convolution', 'zh-CN': '大型卷积' },
  pack: { en: 'the networks of the pack', 'zh-CN': '模型包的网络' },
  shot: { en: 'a shot', 'zh-CN': '镜头' },
};
