/**
 * Whether a word of a vocabulary says nothing of a picture by itself: articles, pronouns, prepositions, measure words
 * and particles, and the words for the picture itself. A pack may know them all and still not know what to show.
 */
export function isFunctionWord(word: string): boolean {
  return functionWords.has(word);
}

// A closed class of either language, so it holds for any pack's vocabulary.
const functionWords = new Set(
  `
  a an the one some any and or but so if then than as also just very who which what when where while during
  is are be been was were has have had it its this that these those there here his her their our your my
  of in on at to from by with for into onto over under across through past along above below near beside behind
  before after around up down out off away toward between
  shot scene view picture illustration animation video camera
  一 一辆 一只 一艘 一个 一位 一条 一架 辆 只 艘 个 位 条 架
  的 地 得 了 着 过 在 正 正在 是 有 和 与 从 到 往 朝 把 被 对 对着 面对 那 这 之 时 时分
  上 下 里 中 前 后 旁 间 面 边
  镜头 画面 场景 插画 动画 视频
  `
    .trim()
    .split(/\s+/),
);
