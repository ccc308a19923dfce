/** Why a file is no take: the end of the sentence "… cannot be read: ", and the same in Chinese. */
export const mediaFaults = {
  'there is no such file': '没有这个文件',
  'it is a folder': '这是一个文件夹',
  'it is not a file': '这不是文件',
  'it may not be opened': '没有权限打开',
  'it is empty': '文件是空的',
  'it is cut short': '文件不完整',
  'it is damaged': '文件已损坏',
  'it is protected against copying': '文件有复制保护',
  'it is not a film, a sound or a picture': '这不是视频、音频或图片',
  'there is no picture or sound in it': '里面没有画面或声音',
} as const;

export type MediaFault = keyof typeof mediaFaults;

/** A fault in Chinese; a reason of another origin as it is. */
export function faultInChinese(reason: string): string {
  return reason in mediaFaults ? mediaFaults[reason as MediaFault] : reason;
}
