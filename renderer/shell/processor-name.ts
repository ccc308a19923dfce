/** A processor's name as short as it can be told: without trade marks, clock rates and the word CPU. */
export function shortProcessorName(name: string): string {
  const short = name
    .replace(/\((R|TM|C)\)/gi, '')
    .replace(/@.*$/, '')
    .replace(/\b(CPU|Processor|with .* Graphics|\d+-Core)\b/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  return short === '' ? name : short;
}
