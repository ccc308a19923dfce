/** Waits for news: `followers` gets a callback until it is called, or until the one who follows is gone. */
export function nextWake(followers: Set<() => void>, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      followers.delete(wake);
      gone.removeEventListener('abort', wake);
      resolve();
    };
    followers.add(wake);
    gone.addEventListener('abort', wake);
    if (gone.aborted) wake();
  });
}
