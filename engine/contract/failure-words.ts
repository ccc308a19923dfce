import { deviceLabel, faultWords } from './device.ts';
import type { Failure, FailureCode } from './failure.ts';
import { faultInChinese } from './media-faults.ts';

export type Language = 'en' | 'zh-CN';

/** What a failure says to the editor: what happened and what is safe, then what to do. */
export interface FailureWords {
  readonly happened: string;
  readonly advice: string;
}

type Words<C extends FailureCode> = (
  failure: Extract<Failure, { code: C }>,
) => Readonly<Record<Language, FailureWords>>;

/** A failure in words. Sentences name files and numbers, never codes. */
export function failureWords(failure: Failure, language: Language): FailureWords {
  const words = table[failure.code] as Words<FailureCode>; // the code picks the entry written for its own shape
  return words(failure as never)[language];
}

/** Both parts in one line, for a terminal or a tooltip. */
export function failureSentence(failure: Failure, language: Language): string {
  const { happened, advice } = failureWords(failure, language);
  return language === 'en' ? `${happened}. ${advice}.` : `${happened}。${advice}。`;
}

const table: { readonly [C in FailureCode]: Words<C> } = {
  'out-of-memory': ({ neededBytes, freeBytes }) => ({
    en: {
      happened: `This shot needs ${gigabytes(neededBytes)} of memory and ${gigabytes(freeBytes)} are free`,
      advice: 'Your edit is safe. Make the shot shorter, or close other programs and try again',
    },
    'zh-CN': {
      happened: `这个镜头需要 ${gigabytes(neededBytes)} 内存，当前只有 ${gigabytes(freeBytes)}`,
      advice: '剪辑内容没有丢失。缩短镜头，或关闭其他程序后重试',
    },
  }),
  'pack-missing': ({ packId }) => ({
    en: {
      happened: `The model pack ${packId} is not on this machine. Shots made with it are safe`,
      advice: 'Choose another pack',
    },
    'zh-CN': { happened: `这台电脑上没有模型包 ${packId}，用它生成的镜头没有丢失`, advice: '换一个模型包' },
  }),
  'pack-damaged': ({ packId, file, reason }) => ({
    en: {
      happened: `The model pack ${packId} is damaged: ${file} ${reason}`,
      advice: 'Put the pack back as it came. Nothing else is affected',
    },
    'zh-CN': { happened: `模型包 ${packId} 已损坏：${file} ${reason}`, advice: '恢复原来的模型包，其他内容不受影响' },
  }),
  'pack-unsupported': ({ packId, family }) => ({
    en: {
      happened: `The model pack ${packId} holds a ${family} model, which this version of Shotloom does not run`,
      advice: 'Nothing was changed. Choose another pack, or a Shotloom that runs this one',
    },
    'zh-CN': {
      happened: `模型包 ${packId} 是 ${family} 模型，这个版本的 Shotloom 无法运行`,
      advice: '没有任何更改。换一个模型包，或使用支持它的 Shotloom 版本',
    },
  }),
  'runner-stopped': ({ crashCount }) => ({
    en: {
      happened: `The generator stopped ${crashCount === 1 ? 'unexpectedly' : `${crashCount} times`}. Your edit is safe`,
      advice: 'Try again; if it keeps stopping, make the shot shorter',
    },
    'zh-CN': {
      happened: `生成程序意外停止${crashCount === 1 ? '' : `了 ${crashCount} 次`}，剪辑内容没有丢失`,
      advice: '重试；仍然停止时，缩短镜头',
    },
  }),
  'device-missing': ({ packId, device, fault }) => ({
    en: {
      happened: `${packId} cannot run on ${deviceLabel(device, 'en')}: ${faultWords(fault).en}. Your edit is safe`,
      advice: 'Choose another device in Settings, or another pack',
    },
    'zh-CN': {
      happened: `${packId} 无法在${deviceLabel(device, 'zh-CN')}上运行：${faultWords(fault)['zh-CN']}。剪辑内容没有丢失`,
      advice: '在设置中换一个设备，或换一个模型包',
    },
  }),
  'prompt-unknown': () => ({
    en: {
      happened: 'No word of this prompt tells the pack what to show',
      advice: 'Name a subject, a colour and a place it knows',
    },
    'zh-CN': { happened: '提示词中没有词能告诉模型包要画什么', advice: '写它认识的主体、颜色和地点' },
  }),
  'media-unreadable': ({ path, reason }) => ({
    en: { happened: `${nameOf(path)} cannot be read: ${reason}`, advice: 'The file itself was not touched' },
    'zh-CN': { happened: `无法读取 ${nameOf(path)}：${faultInChinese(reason)}`, advice: '文件本身没有改动' },
  }),
  'media-unsupported': ({ path, codec }) => ({
    en: {
      happened: `${nameOf(path)} is coded as ${codec}, which Shotloom cannot decode`,
      advice: 'The file itself was not touched. Convert it to H.264, HEVC, VP9 or ProRes and import that',
    },
    'zh-CN': {
      happened: `${nameOf(path)} 的编码是 ${codec}，Shotloom 无法解码`,
      advice: '文件本身没有改动。转成 H.264、HEVC、VP9 或 ProRes 后再导入',
    },
  }),
  'out-of-reach': ({ path }) => ({
    en: {
      happened: `${path} is not there, or not in a folder that this window may show`,
      advice: 'Check the name, drop the files on the window, or start again with: npm start -- --root FOLDER',
    },
    'zh-CN': {
      happened: `${path} 不存在，或不在此窗口可以显示的文件夹里`,
      advice: '检查名称，把文件拖到窗口上，或用 npm start -- --root 文件夹 重新启动',
    },
  }),
  'media-missing': ({ path }) => ({
    en: {
      happened: `${nameOf(path)} is not where it was. Your edit is safe`,
      advice: 'Find it, put it back, or take it out of the cut',
    },
    'zh-CN': {
      happened: `${nameOf(path)} 不在原来的位置，剪辑内容没有丢失`,
      advice: '查找文件、放回原处，或从剪辑中移除',
    },
  }),
  'disk-full': ({ path }) => ({
    en: {
      happened: `The disk that holds ${nameOf(path)} is full. Nothing half-written was left there`,
      advice: 'Free some space and try again',
    },
    'zh-CN': { happened: `${nameOf(path)} 所在的磁盘已满，没有留下不完整的文件`, advice: '腾出空间后重试' },
  }),
  'not-writable': ({ path }) => ({
    en: {
      happened: `Shotloom may not write ${path}. Nothing was changed`,
      advice: 'Choose another folder, or change its permissions',
    },
    'zh-CN': { happened: `Shotloom 没有权限写入 ${path}，没有任何更改`, advice: '换一个文件夹，或修改权限' },
  }),
  'would-overwrite': ({ path }) => ({
    en: {
      happened: `${nameOf(path)} is footage of this film, or a file of its project`,
      advice: 'Choose another name or folder. Nothing was replaced',
    },
    'zh-CN': {
      happened: `${nameOf(path)} 是这部影片的素材，或是项目自己的文件`,
      advice: '换一个名字或文件夹，没有替换任何文件',
    },
  }),
  'file-exists': ({ path, sizeBytes, modifiedMs }) => ({
    en: {
      happened: `${nameOf(path)} is there already (${fileSize(sizeBytes)}, ${dayAndTime(modifiedMs, 'en')}). Nothing was replaced`,
      advice: 'Choose another name, or say that it is to be replaced (on the command line: --force)',
    },
    'zh-CN': {
      happened: `${nameOf(path)} 已经存在（${fileSize(sizeBytes)}，${dayAndTime(modifiedMs, 'zh-CN')}），没有替换任何文件`,
      advice: '换一个名字，或确认替换（命令行：--force）',
    },
  }),
  'being-exported': ({ path }) => ({
    en: { happened: `${nameOf(path)} is being exported right now`, advice: 'Wait for it, or choose another name' },
    'zh-CN': { happened: `${nameOf(path)} 正在导出`, advice: '等待完成，或换一个名字' },
  }),
  'folder-missing': ({ path }) => ({
    en: { happened: `There is no folder ${path}`, advice: 'Make it first, or choose another one' },
    'zh-CN': { happened: `没有 ${path} 这个文件夹`, advice: '先建立它，或换一个文件夹' },
  }),
  'inside-cache': ({ path }) => ({
    en: {
      happened: `${path} lies in the cache of a project and would go with it. Nothing was moved`,
      advice: 'Choose a folder outside the caches',
    },
    'zh-CN': {
      happened: `${path} 在某个项目的缓存里，会随缓存一起清除。没有移动任何内容`,
      advice: '选择缓存以外的文件夹',
    },
  }),
  'folder-not-empty': ({ path }) => ({
    en: { happened: `${path} is not empty`, advice: 'Choose a new folder for the project' },
    'zh-CN': { happened: `${path} 不是空文件夹`, advice: '为项目选一个新文件夹' },
  }),
  'not-a-project': ({ path }) => ({
    en: { happened: `There is no Shotloom project in ${path}`, advice: 'Choose the folder that holds film.json' },
    'zh-CN': { happened: `${path} 里没有 Shotloom 项目`, advice: '选择包含 film.json 的文件夹' },
  }),
  'project-damaged': ({ path, reason }) => ({
    en: {
      happened: `${nameOf(path)} cannot be understood: ${reason}`,
      advice: 'It was left as it is. Takes and media in the folder are safe',
    },
    'zh-CN': { happened: `无法识别 ${nameOf(path)}：${reason}`, advice: '文件没有改动，文件夹中的版本和素材没有丢失' },
  }),
  'project-newer': ({ version }) => ({
    en: {
      happened: `This project was saved by a newer Shotloom (format ${version})`,
      advice: 'Open it with that version. It was not changed',
    },
    'zh-CN': {
      happened: `这个项目由更新版本的 Shotloom 保存（格式 ${version}）`,
      advice: '用新版本打开，项目没有改动',
    },
  }),
  'project-locked': ({ host, pid }) => ({
    en: {
      happened: `The project is open in another Shotloom on ${host} (process ${pid}). It was not changed`,
      advice: 'Close it there first',
    },
    'zh-CN': {
      happened: `${host} 上的另一个 Shotloom（进程 ${pid}）正在使用这个项目，项目没有改动`,
      advice: '先在那里关闭',
    },
  }),
  'not-the-editor': () => ({
    en: { happened: 'Another window is editing this project', advice: 'Take over to edit here' },
    'zh-CN': { happened: '另一个窗口正在编辑这个项目', advice: '接管后可在这里编辑' },
  }),
  'revision-behind': () => ({
    en: { happened: 'The film has changed in another window', advice: 'This window shows it as it is now' },
    'zh-CN': { happened: '影片已在另一个窗口中更改', advice: '本窗口已显示最新内容' },
  }),
  'nothing-to-export': () => ({
    en: { happened: 'There is nothing on the timeline', advice: 'Put a shot there first' },
    'zh-CN': { happened: '时间线上没有内容', advice: '先放一个镜头' },
  }),
  'unfinished-takes': ({ count }) => ({
    en: {
      happened: `${count === 1 ? 'One shot has' : `${count} shots have`} no frames yet`,
      advice: 'Wait for them, or export them as black',
    },
    'zh-CN': { happened: `${count} 个镜头还没有画面`, advice: '等待完成，或以黑场导出' },
  }),
  'ffmpeg-missing': ({ reason }) => ({
    en: {
      happened: `ffmpeg cannot be run: ${reason}. Nothing was changed`,
      advice: 'Install ffmpeg, or set FFMPEG_BIN to where it is',
    },
    'zh-CN': { happened: `无法运行 ffmpeg：${reason}。没有任何更改`, advice: '安装 ffmpeg，或用 FFMPEG_BIN 指定位置' },
  }),
  'ffmpeg-failed': ({ lastLines }) => ({
    en: {
      happened: `ffmpeg gave up${lastLines.length > 0 ? `: ${withoutStop(lastLines.at(-1))}` : ''}`,
      advice: 'The film is safe and nothing half-written was left. Try again',
    },
    'zh-CN': {
      happened: `ffmpeg 处理失败${lastLines.length > 0 ? `：${withoutStop(lastLines.at(-1))}` : ''}`,
      advice: '影片没有丢失，也没有留下不完整的文件，可重试',
    },
  }),
  'bad-request': ({ reason }) => ({
    en: { happened: `That cannot be done: ${reason}`, advice: 'Nothing was changed' },
    'zh-CN': { happened: `无法完成：${reason}`, advice: '没有任何更改' },
  }),
  internal: ({ reportId }) => ({
    en: { happened: `Something went wrong inside Shotloom (${reportId})`, advice: 'Your edit is safe. Try again' },
    'zh-CN': { happened: `Shotloom 内部出错（${reportId}）`, advice: '剪辑内容没有丢失，可重试' },
  }),
};

/** Words of another program, where ours end the sentence. */
function withoutStop(line = ''): string {
  return line.replace(/[.!。！]+$/, '');
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function fileSize(bytes: number): string {
  if (bytes >= 1e9) return gigabytes(bytes);
  return bytes >= 1e5 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`;
}

function dayAndTime(ms: number, language: Language): string {
  return new Date(ms).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
