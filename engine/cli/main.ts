// The command line: the editor's main job without a window, for scripts and for tests.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Failure, FailureError } from '../contract/failure.ts';
import { failureSentence, type Language } from '../contract/failure-words.ts';
import { reportIdOf } from '../rpc/client.ts';
import { add } from './add.ts';
import { type Call, Cancelled, type Command, helpOf, parseConfig, UsageError } from './command.ts';
import { doctor } from './doctor.ts';
import { exportFilm } from './export.ts';
import { generate } from './generate.ts';
import { newProject } from './new.ts';
import { probe } from './probe.ts';

const commands: readonly Command[] = [doctor, newProject, add, generate, exportFilm, probe];

const [name = '', ...args] = process.argv.slice(2);
process.exitCode = name === 'serve' ? await serve(args) : await runCommand(name, args);
// Sessions and sockets of the engine may still be closing; the answer is out.
process.exit();

async function runCommand(name: string, args: readonly string[]): Promise<number> {
  const command = commands.find((each) => each.name === name);
  if (!command) {
    const isAsked = name === '--help' || name === 'help' || name === '-h';
    (isAsked ? console.log : console.error)(overview(isAsked || name === '' ? undefined : name));
    return isAsked ? 0 : 2;
  }
  const language: Language = /^zh/i.test(process.env.LC_ALL ?? process.env.LANG ?? '') ? 'zh-CN' : 'en';
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  let isJson = args.includes('--json');
  try {
    const { values, positionals } = parse(command, args);
    if (values.help) {
      console.log(helpOf(command));
      return 0;
    }
    isJson = values.json === true;
    const call: Call = {
      positionals,
      option: (option) => (typeof values[option] === 'string' ? values[option] : undefined),
      isOn: (option) => values[option] === true,
      language,
      progress: (line) => console.error(line),
      signal: interrupt.signal,
    };
    const answer = await command.run(call);
    console.log(isJson ? JSON.stringify(answer.value) : answer.lines.join('\n'));
    const complaints = answer.complaints ?? [];
    for (const complaint of complaints) console.error(complaint);
    return complaints.length > 0 ? 1 : 0;
  } catch (error) {
    return explain(error, command, language, isJson);
  }
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function parse(
  command: Command,
  args: readonly string[],
): { readonly values: Values; readonly positionals: readonly string[] } {
  const { values, positionals } = parseArgs({ ...parseConfig(command), args: [...args] });
  return { values: values as Values, positionals }; // every option of ours is a string or a switch
}

function explain(error: unknown, command: Command, language: Language, isJson: boolean): number {
  if (error instanceof FailureError) return explainFailure(error.failure, language, isJson);
  if (error instanceof Cancelled) {
    console.error(language === 'en' ? 'Cancelled. Nothing half-written was left.' : '已取消，没有留下不完整的文件。');
    if (isJson) console.log(JSON.stringify({ cancelled: true }));
    return 130;
  }
  const isUsage =
    error instanceof UsageError ||
    (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  if (isUsage) {
    console.error(`${error.message}\n\n${helpOf(command)}`);
    return 2;
  }
  // A fault of ours: the engine has logged it under an id, or it happened here and its own words are all there is.
  const reportId = reportIdOf(error) ?? String(error);
  return explainFailure({ code: 'internal', reportId }, language, isJson);
}

function explainFailure(failure: Failure, language: Language, isJson: boolean): number {
  console.error(failureSentence(failure, language));
  if (isJson) console.log(JSON.stringify({ failure }));
  return 1;
}

function overview(unknown: string | undefined): string {
  const width = Math.max(...commands.map(({ name, takes }) => name.length + takes.length + 1));
  const lines = commands.map(({ name, takes, summary }) => `  ${`${name} ${takes}`.padEnd(width)}  ${summary}`);
  return [
    ...(unknown === undefined ? [] : [`There is no command "${unknown}".`, '']),
    'Usage: shotloom COMMAND …',
    '',
    ...lines,
    `  ${'serve'.padEnd(width)}  serve the editor to a browser on this machine`,
    '',
    '`shotloom COMMAND --help` says more.',
  ].join('\n');
}

/** The web host is a program of its own beside this one. */
function serve(args: readonly string[]): Promise<number> {
  const host = spawn(process.execPath, [fileURLToPath(new URL('./web.mjs', import.meta.url)), ...args], {
    stdio: 'inherit',
  });
  // Ctrl+C reaches both; the host ends the engine before it ends itself.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => host.kill('SIGTERM'));
  return new Promise((resolve) => host.once('exit', (code) => resolve(code ?? 1)));
}
