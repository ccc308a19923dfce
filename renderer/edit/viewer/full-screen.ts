/** Shows the picture over the whole screen, or puts it back. A browser that refuses leaves it where it is. */
export function showFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else
    void document
      .querySelector('[data-full-screen]')
      ?.requestFullscreen?.()
      .catch(() => {});
}
