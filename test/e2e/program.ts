import type { Page } from '@playwright/test';
import type { Editor } from './editor.ts';

/** Shotloom as a fixture starts and ends it: the window in a browser over the web host, or in the desktop shell. */
export interface Program {
  readonly editor: Editor;
  /** The process that everything else of it is below. */
  pid(): number;
  /** Ends it: the engine folds its projects. */
  end(): Promise<void>;
  /** Starts it again; nobody touches a window that stayed open. */
  start(): Promise<void>;
  /** Starts it again, with a window that is in. */
  reopen(): Promise<void>;
}

export interface ProgramOptions {
  /** Where its projects, settings and logs lie. */
  readonly home: string;
  /** Called with each page of it before it is used. */
  readonly watch: (page: Page) => Promise<void>;
}
