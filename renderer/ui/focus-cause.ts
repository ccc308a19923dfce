type FocusCause = 'pointer' | 'key';

/**
 * Notes on the page whether the focus came to where it is by pointer or by key. `:focus-visible` cannot tell: it turns
 * true with the first key pressed on whatever was clicked, and then Space would press a button instead of playing.
 */
export function followFocusCause(): void {
  let lastAction: FocusCause = 'key';
  addEventListener('pointerdown', () => note('pointer'), { capture: true });
  addEventListener('keydown', () => note('key'), { capture: true });
  addEventListener('focusin', () => {
    document.documentElement.dataset.focusedBy = lastAction;
  });
  const note = (action: FocusCause) => {
    lastAction = action;
  };
}

export function isFocusedByKey(): boolean {
  return document.documentElement.dataset.focusedBy !== ('pointer' satisfies FocusCause);
}
