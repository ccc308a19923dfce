import { bridgeName, type DesktopBridge } from '../../engine/contract/desktop-bridge.ts';
import type { RecentProject } from '../../engine/contract/project.ts';
import { assertNever } from '../../engine/document/film.ts';
import { isMac } from '../commands/registry.ts';
import { sizeOfWindow } from '../edit/layout/panel-sizes.ts';
import type { Words } from '../i18n/index.ts';
import type { Services } from '../state/services.tsx';
import { closingAnswer } from './closing.ts';
import { desktopMenu } from './menu.ts';
import { type PageState, runChoice } from './menu-choice.ts';
import { shotsUnderWay } from './shots-under-way.ts';
import { tellElsewhere } from './tell-elsewhere.ts';

declare global {
  interface Window {
    /** There in the desktop shell alone. */
    readonly [bridgeName]?: DesktopBridge;
  }
}

export interface JoinOptions {
  readonly bridge: DesktopBridge;
  readonly services: Services;
  readonly words: () => Words;
  readonly page: () => PageState;
}

/**
 * Joins the window to the desktop shell: the menu bar follows language and project, the system's dialogs the theme, and
 * what the shell asks is done.
 */
export function joinDesktop({ bridge, services, words, page }: JoinOptions): void {
  const { desk, link, settings, notices } = services;
  const say: Parameters<typeof desktopMenu>[0]['say'] = (key) => words()(key);
  const project = () => {
    const onDesk = desk.store.getState();
    return onDesk.kind === 'project' ? onDesk.project : undefined;
  };
  let recents: readonly RecentProject[] = [];
  const showMenu = () =>
    void bridge.setMenu({ menu: desktopMenu({ say, isMac, hasProject: project() !== undefined, recents }) });
  const askRecents = async () => {
    const connection = link.store.getState();
    if (connection.kind !== 'connected') return;
    const known = await connection.engine.project.recents({}).catch(() => undefined); // the next connection is asked
    if (!known) return;
    recents = known.filter(({ isMissing }) => !isMissing);
    showMenu();
  };
  let barHeightPx = heightOfBar();
  const showTheme = () => void bridge.setTheme({ theme: settings.getState().theme, barHeightPx });
  const showProject = () => {
    const folder = project()?.folder;
    void bridge.showProject(folder === undefined ? {} : { folder });
  };

  desk.store.subscribe((now, before) => {
    if (now.kind === 'opening') return;
    showProject();
    if (now.kind !== before.kind) showMenu();
    if (now.kind === 'project') void askRecents();
  });
  settings.subscribe((now, before) => {
    if (now.language !== before.language) showMenu();
    if (now.theme !== before.theme) showTheme();
  });
  addEventListener('resize', () => {
    if (heightOfBar() === barHeightPx) return;
    barHeightPx = heightOfBar();
    showTheme();
  });
  // Each window has its own project; the bar is that of the one in front.
  addEventListener('focus', () => {
    showMenu();
    void askRecents();
  });
  link.store.subscribe(({ kind }) => void (kind === 'connected' && askRecents()));
  showMenu();
  showTheme();
  showProject();

  const notify = (title: string, body: string) => void bridge.notify({ title, body });
  const areShotsUnderWay = shotsUnderWay(desk);
  tellElsewhere({ notices, areShotsUnderWay, isInFront: () => document.hasFocus(), words, notify });

  bridge.onAsked((asked) => {
    switch (asked.kind) {
      case 'command':
        return runChoice(asked, services, page(), say);
      case 'open-project':
        return void desk.open(asked.folder);
      case 'closing': {
        const { question, endsEngine } = asked;
        return void closingAnswer({ project: project(), endsEngine, words: words() }).then((answer) =>
          bridge.answerClosing({ question, answer }),
        );
      }
      default:
        return assertNever(asked);
    }
  });
}

/** As the style sheet has it. */
function heightOfBar(): number {
  return sizeOfWindow(innerWidth, innerHeight) === 'small' ? 40 : 44;
}

/** What in the page decides over a choice in the menu bar. */
export function pageState(): PageState {
  const { activeElement } = document;
  return {
    isWriting: activeElement?.matches('input:not([type="range"]), textarea, [contenteditable]') ?? false,
    hasDialog: document.querySelector('.dialog') !== null,
    editText: (edit) => void document.execCommand(edit),
  };
}
