// What must be said when there is no window to say it. Everything else a person reads comes from the window's tables.
const messages = {
  en: { noEngine: 'Shotloom could not start its engine' },
  'zh-CN': { noEngine: 'Shotloom 无法启动引擎' },
} as const;

/** @param locale the system's, as `zh-TW` or `en-GB` */
export function wordsFor(locale: string): (typeof messages)[keyof typeof messages] {
  return locale.toLowerCase().startsWith('zh') ? messages['zh-CN'] : messages.en;
}
