import { createContext, type RefObject, use } from 'react';

/**
 * The landmark that menus and lists are put into: a page's `main`, or the dialog whose field they belong to. At the end
 * of the body, where they would go by themselves, a screen reader that goes by landmarks does not find them.
 */
const PopupHostContext = createContext<RefObject<HTMLElement | null> | undefined>(undefined);

export const PopupHost = PopupHostContext.Provider;

export function usePopupHost(): RefObject<HTMLElement | null> | undefined {
  return use(PopupHostContext);
}
