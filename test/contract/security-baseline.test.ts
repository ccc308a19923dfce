import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

// The security baseline: what is promised, and the test that holds each promise, by its file and its name. A test that is
// renamed or taken away turns this list red; below it stand the promises that the sources themselves show.

type Promises = Readonly<Record<string, readonly [file: string, ...tests: string[]]>>;

const desktop = 'app/main/security.test.ts';
const web = 'app/web/server.test.ts';
const both = 'test/contract/hosts.test.ts';
const browser = 'test/e2e/security.spec.ts';
const shipped = 'test/process/desktop.test.ts';
const packs = 'engine/packs/packs.test.ts';

const baseline: Readonly<Record<string, Promises>> = {
  'who gets in, web host': {
    'a one-time link, exchanged for an HttpOnly, SameSite=Strict cookie': [
      web,
      'the printed link signs in one browser, once',
    ],
    'the cookie is out of reach of scripts': [browser, 'the page is isolated, and reaches nothing but its own host'],
    'Host is one of its own: no name that merely resolves here': [
      web,
      'a name that merely resolves here is not answered',
    ],
    'Origin is one of its own': [web, 'nor is another origin'],
    'a WebSocket needs cookie and Origin': [web, 'a socket needs the cookie and the origin of the window itself'],
    'a tab comes back by proof of a key, never by sending it': [
      web,
      'a proof is good once, for a challenge of this host',
    ],
    'loopback and nothing else': [web, 'it listens on this machine alone, and there on 127.0.0.1'],
  },
  'who gets in, desktop': {
    'no port is opened, by none of its processes': [shipped, 'listening: []'],
    'requests come from the top frame of our window at our address': [desktop, 'the sender is checked: %s is refused'],
    'every request is parsed': [desktop, 'the request is parsed: %j is refused'],
    'there are no channels but those of the contract': [desktop, 'no channel is answered but those of the contract'],
    'the scheme answers under its own name alone': [both, 'the desktop answers under its own address alone'],
  },
  'who gets in, engine': {
    'socket and token are for their owner alone': ['engine/rpc/engine-socket.test.ts', 'are for their owner alone'],
    'who does not know the token is not heard': ['engine/rpc/engine-socket.test.ts', 'whoever does not is hung up on'],
  },
  'files and media': {
    'ids say nothing and cannot be guessed': ['engine/host/media-grants.test.ts', 'cannot be guessed: 128 bits'],
    'an address names no path: .., %2f, %00': [both, 'an address names no path: nothing beside the window'],
    'no path is in any address that the page asks for': [browser, 'no address of it holds a path'],
    'ranges: a-b, a-, -n': [both, '%s is answered 206'],
    'ranges: 416, and several at once': [
      both,
      'a range outside the film is answered 416, several at once with the whole',
    ],
    'ranges: a file that has changed': [
      both,
      'If-Range of this film gets its range, of an older one the whole new film',
    ],
    'HEAD, empty files, files that are gone': [
      both,
      'HEAD tells the length and sends nothing',
      'an empty film is answered, one that is gone is not',
    ],
    'a request that is given up closes its file': [both, 'a page that leaves off reading closes the file'],
    'nothing is written over media addresses': [both, 'nothing is written through it'],
    'folders are shown below the roots alone, links followed first': [
      'engine/host/list-folder.test.ts',
      'a link that leads out of them',
    ],
    'an upload lies in the media folder, whatever it calls itself': [
      'engine/host/upload-paths.test.ts',
      'lies in the media folder all the same',
    ],
    'a project from elsewhere names no frames outside its takes': [
      'engine/contract/take.test.ts',
      'the frames of a take lie in its own folder',
    ],
  },
  'the page': {
    'the policy, word for word': ['engine/contract/headers.test.ts', 'the policy: everything from here'],
    'isolation, nosniff, no referrer': ['engine/contract/headers.test.ts', 'the page is isolated from every other'],
    'both hosts send them with every answer': [both, 'every answer carries the policy, isolation and nosniff'],
    'refusals of the web host carry them too': [web, 'every answer carries the policy'],
    'a browser keeps them: no code from text, nothing from elsewhere, no frames': [
      browser,
      'the page is isolated, and reaches nothing but its own host',
    ],
    'no journey has a violation': ['test/e2e/app.ts', 'securitypolicyviolation'],
  },
  'the desktop window': {
    'sandbox, isolation, no Node, no webview, no spell checker': [desktop, 'sandbox, contextIsolation, webSecurity on'],
    'the sandbox is on for every process': [desktop, 'the sandbox is on for every process, before the first of them'],
    'it loads shotloom://app/ alone; the scheme gets round no policy': [desktop, 'it loads shotloom://app/ alone'],
    'it navigates nowhere': [desktop, '%s leads nowhere else'],
    'it opens no window; known sites open outside': [desktop, 'no window opens; a link to a known site'],
    'permissions are refused both ways': [desktop, 'permissions are refused, asked for or looked up'],
    'nothing is downloaded but what the page made itself': [
      desktop,
      'nothing is downloaded but what the page itself made',
    ],
    'nothing is embedded': [desktop, 'nothing is embedded: will-attach-webview is prevented'],
    'pages that come later are held too': [desktop, 'a page that comes later is guarded too'],
    'the preload script has one frozen object, of twelve functions': [desktop, 'it exposes one frozen object'],
    'the preload script requires electron alone': [shipped, "required: ['electron']"],
    'no channel can be named': [desktop, 'ipcRenderer never crosses: no function takes a channel'],
    'no default menu': [desktop, "Electron's own menu, with its developer tools, is never there"],
    'fuses are burnt as they must be': [
      'test/package/package.test.ts',
      'fuses: no Node, no inspector, the archive alone',
    ],
    'another wire is found': ['test/package/package.test.ts', 'whatever is wrong with a package is found'],
  },
  'what others made': {
    'pack files by size and SHA-256, links found out': [
      packs,
      'a file that was changed, cut short, taken away or replaced by a link is found out by name',
    ],
    'pack paths stay inside': [packs, 'paths of a manifest stay inside its folder, on every system'],
    'weights come from listed files of the pack': [
      packs,
      'a graph may only take weights from files of the pack that are listed',
    ],
    'a manifest is parsed and contradictions refused': [packs, 'a manifest that is wrong about %s is refused'],
    'a project that is damaged or newer is refused and left alone': [
      'engine/project/open-project.test.ts',
      'a folder that is no project, a newer one nobody can read and a damaged one are refused and left alone',
    ],
    'ffmpeg opens one file: no network, no playlist': [
      'engine/media/ffmpeg/input-file.test.ts',
      'is refused, and nobody is asked for anything',
    ],
    'a name is never an option or an address to ffmpeg': [
      'engine/media/ffmpeg/input-file.test.ts',
      'is the name of a file',
    ],
    'no word of the editor is in a filter': [
      'engine/export/pieces.test.ts',
      'no word of the editor reaches the filters',
    ],
    'logs say neither home nor prompt': ['engine/host/log.test.ts', 'a log can be sent as it is'],
  },
};

const root = join(import.meta.dirname, '../..');

describe.each(Object.entries(baseline))('%s', (_, promises) => {
  test.each(Object.entries(promises))('%s', (_promise, [file, ...tests]) => {
    const text = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
    for (const name of tests) expect(text, file).toContain(name);
  });
});

const sources = ['app', 'engine', 'renderer'].flatMap((folder) => sourcesBelow(join(root, folder)));

/** Where the sources have what a pattern finds, tests and stand-ins aside. */
function placesOf(pattern: RegExp, within = ''): readonly string[] {
  return sources.filter((path) => path.startsWith(within) && pattern.test(readFileSync(join(root, path), 'utf8')));
}

describe('what the sources show', () => {
  test('the scan sees the sources', () => {
    expect(sources).toContain('engine/media/ffmpeg/run-ffmpeg.ts');
    expect(sources.length).toBeGreaterThan(300);
  });

  test('no program is started through a shell, but the one of our own words that ends what a killed engine left', () => {
    expect(placesOf(/shell:\s*true|import \{[^}]*\bexec(?:Sync)?\b[^}]*\} from 'node:child_process'/)).toEqual([]);
    expect(placesOf(/\/bin\/(ba)?sh|cmd\.exe/)).toEqual(['engine/media/ffmpeg/reaper.ts']);
  });

  test('the engine calls nobody: its only sockets are its own door and the pipes of its runner', () => {
    const network = /from '(node:)?(https?|http2|tls|dgram|dns|net)(\/promises)?'|\bfetch\(|new WebSocket\(|\bundici\b/;
    expect(placesOf(network, 'engine/')).toEqual(['engine/rpc/engine-socket.ts', 'engine/runner/main.ts']);
  });

  test('requests to the shell have one way in, and the page has no other way out', () => {
    expect(placesOf(/\bipcMain\b/)).toEqual(['app/main/handle.ts']);
    expect(placesOf(/\bipcRenderer\b/)).toEqual(['app/preload/expose-bridge.ts', 'app/preload/preload.ts']);
  });

  test('only the web host listens', () => {
    expect(placesOf(/\bcreateServer\(/)).toEqual(['app/web/server.ts', 'engine/rpc/engine-socket.ts']);
  });

  test('every file that ffmpeg opens is named with what it may open', () => {
    const opening = sources.flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .filter((line) => /'-i',/.test(line) && !/'-i', 'pipe:0'/.test(line))
        .map((line) => ({ path, isHeld: line.includes('protocol_whitelist') })),
    );
    // inputFile puts the two on lines of their own.
    expect(opening.filter(({ isHeld }) => !isHeld)).toEqual([
      { path: 'engine/media/ffmpeg/run-ffmpeg.ts', isHeld: false },
    ]);
  });

  test('no page makes code or markup out of text', () => {
    expect(placesOf(/\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML|document\.write\(/)).toEqual([]);
  });

  test('zod makes no code either, in whichever program it runs', () => {
    expect(placesOf(/jitless: true/)).not.toEqual([]);
  });
});

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|spec)\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/\/testing\/|sample-(media|takes)/.test(path))
    .sort();
}
