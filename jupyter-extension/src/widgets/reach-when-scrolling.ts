/** Makes a frame a stop of the Tab key only while there is something to scroll, so that the keyboard can. */
export function reachWhenScrolling(frame: HTMLElement): void {
  if (typeof ResizeObserver === 'undefined') return;
  const observer = new ResizeObserver(() => {
    const scrolls = frame.scrollWidth > frame.clientWidth + 1 || frame.scrollHeight > frame.clientHeight + 1;
    if (scrolls) frame.tabIndex = 0;
    else frame.removeAttribute('tabindex');
  });
  observer.observe(frame);
  if (frame.firstElementChild !== null) observer.observe(frame.firstElementChild);
}
