const lastFocus = new WeakMap<Element, HTMLElement>();

/** Remembers where the focus was in each panel, so that coming back to one is coming back to that place. */
export function rememberFocus(event: FocusEvent): void {
  const { target } = event;
  const panel = target instanceof HTMLElement ? target.closest('[data-panel]') : null;
  if (panel && target instanceof HTMLElement && target !== panel) lastFocus.set(panel, target);
}

/** Moves the focus to the next panel round the window: title, media, viewer, inspector, timeline. */
export function cyclePanels(step: 1 | -1): void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')].filter((panel) => panel.offsetParent);
  const current = panels.findIndex((panel) => panel.contains(document.activeElement));
  const from = current < 0 && step < 0 ? 0 : current;
  const next = panels[(from + step + panels.length) % panels.length];
  if (next) focusIn(next);
}

function focusIn(panel: HTMLElement): void {
  const last = lastFocus.get(panel);
  const focusable = last?.isConnected ? last : panel.querySelector<HTMLElement>(focusableSelector);
  (focusable ?? panel).focus();
}

const focusableSelector =
  'button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])';
