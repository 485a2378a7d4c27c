// Tells a learning platform (SCORM 1.2) that a lesson was opened and read. Without a platform it does nothing, and the
// page is the same lesson.
(() => {
  /** The platform leaves its door in a window around this one, or in the window that opened it. */
  const doorIn = (start) => {
    let at = start;
    for (let steps = 0; at && steps < 12; steps++) {
      try {
        if (at.API) return at.API;
      } catch {
        return null; // a window of another site
      }
      if (at.parent === at) return null;
      at = at.parent;
    }
    return null;
  };
  const door = doorIn(window) ?? (window.opener ? doorIn(window.opener) : null);
  /** Platforms answer with the word or with the value. */
  const yes = (answer) => String(answer) === 'true';
  if (!door || !yes(door.LMSInitialize(''))) return;

  const opened = Date.now();
  const statusKey = 'cmi.core.lesson_status';
  const isDone = () => ['completed', 'passed'].includes(door.LMSGetValue(statusKey));
  const button = document.querySelector('#done');
  const said = document.querySelector('#done-said');
  const tell = () => {
    button.hidden = true;
    said.textContent = said.dataset.done;
  };
  const complete = () => {
    if (isDone()) return tell();
    if (yes(door.LMSSetValue(statusKey, 'completed')) && yes(door.LMSCommit(''))) tell();
    else said.textContent = said.dataset.failed;
  };

  if (isDone()) tell();
  else {
    door.LMSSetValue(statusKey, 'incomplete');
    door.LMSCommit('');
    button.hidden = false;
    button.addEventListener('click', complete);
    const end = document.querySelector('#lesson-end');
    if (globalThis.IntersectionObserver && end) {
      const watch = new IntersectionObserver((seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        watch.disconnect();
        complete();
      });
      // A lesson shorter than the window is not read by being opened: somebody has to scroll or press the button.
      addEventListener('scroll', () => watch.observe(end), { once: true, passive: true });
    }
  }

  /** `HHHH:MM:SS`, as the standard writes a span. */
  const span = (milliseconds) => {
    const seconds = Math.min(Math.round(milliseconds / 1000), 9999 * 3600);
    const two = (value) => String(value).padStart(2, '0');
    return `${String(Math.floor(seconds / 3600)).padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  };
  let over = false;
  addEventListener('pagehide', () => {
    if (over) return;
    over = true;
    door.LMSSetValue('cmi.core.session_time', span(Date.now() - opened));
    door.LMSFinish('');
  });
})();
