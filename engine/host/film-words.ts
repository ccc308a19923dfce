/** The few words the engine writes into a new film, in the editor's language. They are the editor's to change. */
export const filmWords = {
  en: { sequence: 'Cut 1', tracks: { v2: 'Overlay', v1: 'Picture', a1: 'Sound', a2: 'Music' } },
  'zh-CN': { sequence: '剪辑 1', tracks: { v2: '叠加', v1: '画面', a1: '声音', a2: '音乐' } },
} as const;
