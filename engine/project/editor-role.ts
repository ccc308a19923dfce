import type { EditorId } from '../contract/ids.ts';

/** Which of a project's windows edits it. There is at most one; the others read. */
export interface EditorRole {
  current(): EditorId | undefined;
  /** A window has opened the project: it edits when no other window does, unless it only wants to read. */
  enter(editor: EditorId, wanted?: 'reader'): 'editor' | 'reader';
  takeOver(editor: EditorId): void;
  /** A window has gone. Its role is kept for it while nobody else wants it, so that a reload changes nothing. */
  leave(editor: EditorId): void;
  /** Whether a window may edit; an editor that came back after a lost connection is one again. */
  mayEdit(editor: EditorId): boolean;
}

/** @param onChange told whenever another window becomes the editor, or none is */
export function editorRole(onChange: (editor: EditorId | undefined) => void): EditorRole {
  let current: EditorId | undefined;
  const present = new Map<EditorId, number>();

  const set = (editor: EditorId | undefined) => {
    if (editor === current) return;
    current = editor;
    onChange(editor);
  };
  const isVacant = () => current === undefined || !present.has(current);

  return {
    current: () => current,
    enter: (editor, wanted) => {
      present.set(editor, (present.get(editor) ?? 0) + 1);
      if (isVacant() && wanted !== 'reader') set(editor);
      return current === editor ? 'editor' : 'reader';
    },
    takeOver: set,
    leave: (editor) => {
      const left = (present.get(editor) ?? 1) - 1;
      if (left > 0) present.set(editor, left);
      else present.delete(editor);
    },
    mayEdit: (editor) => current === editor,
  };
}
