import type { Failure } from '../../engine/contract/failure.ts';
import type { MediaId, ProjectId } from '../../engine/contract/ids.ts';
import type { MessageKey } from '../i18n/messages.ts';

/** What differs between the desktop shell and a browser: dialogs, files dropped on the window, the way to a file. */
export interface HostApi {
  /** Asks for media files; undefined when the editor backs out. */
  chooseMedia(): Promise<readonly string[] | undefined>;
  /** Asks for one media file that is missed, by the name it had. */
  chooseMediaFile(name: string): Promise<string | undefined>;
  /** Asks for any folder; the title says what for. */
  chooseFolder(title: MessageKey): Promise<string | undefined>;
  /** Asks for the folder of a project. */
  chooseProject(): Promise<string | undefined>;
  /** Asks where an export goes; answers a full path ending in `.mp4`. */
  chooseExportFile(suggestion: ExportSuggestion): Promise<string | undefined>;
  /**
   * Whether this window may show a project: not where another window of the program does, which then has come to the
   * front. Absent where windows know nothing of each other.
   */
  readonly mayShow?: (folder: string) => Promise<boolean>;
  /** The paths of files dropped on the window; a browser cannot tell them, so their bytes go into the project. */
  pathsOfDropped(files: readonly File[], projectId: ProjectId): Promise<readonly Uploaded[]>;
  /** Whether files dropped on the window are copied into the project, or stay where they lie. */
  readonly copiesDropped: boolean;
  /** Shows a file in the system's file manager; absent where the host cannot. */
  readonly revealFile?: (path: string) => Promise<void>;
  /** Opens the program's menu below a point of the window; absent where the system shows a menu bar, or none is. */
  readonly openMenu?: (at: { readonly x: number; readonly y: number }) => void;
  /** Where the window reads a granted file. */
  mediaUrl(media: MediaId): string;
}

export interface ExportSuggestion {
  readonly folder: string;
  readonly name: string;
}

/** Where a dropped file lies for the engine, or why its bytes could not be taken in. */
export type Uploaded = { readonly path: string } | { readonly failure: Failure };
