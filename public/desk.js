// Makes the desk quicker; everything works without it.

/** Single letters press the button or link that carries `data-key`. Off with `<html data-keys="off">`. */
const typing = (target) => target.closest('input, textarea, select, [contenteditable]') !== null;

/** The letter typed; by its place on the keyboard where the keyboard is not Latin. */
const letterOf = (event) =>
  /^\p{Script=Latin}$|^[\x20-\x7e]$/u.test(event.key) || event.key.length > 1
    ? event.key
    : event.code.replace(/^(Key|Digit)/, '').replace('Slash', event.shiftKey ? '?' : '/');

const press = (key, scope = document) => {
  const wanted = [...scope.querySelectorAll('[data-key]')].find(
    (each) => each.dataset.key.toLowerCase() === key.toLowerCase() && each.checkVisibility(),
  );
  if (wanted === undefined) return false;
  if (wanted.matches('input, textarea, select')) wanted.focus();
  else wanted.click();
  return true;
};

const move = (step) => {
  const items = [...document.querySelectorAll('[data-item]')];
  if (items.length === 0) return false;
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[Math.min(items.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  (next.matches('a, button') ? next : (next.querySelector('a, button, summary, textarea') ?? next)).focus();
  return true;
};

/** All keys, over the page, so that nobody has to leave what they are at; a second press puts them away. */
const showKeys = async () => {
  const open = document.querySelector('dialog.all-keys');
  if (open) return open.close();
  const href = document.querySelector('link[rel=help]')?.href;
  if (!href) return;
  try {
    const answer = await fetch(href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main > .page');
    if (!answer.ok || !page) return location.assign(href);
    const box = Object.assign(document.createElement('dialog'), { className: 'all-keys' });
    const title = page.querySelector('h1');
    const heading = document.createElement('h2');
    heading.id = 'all-keys';
    heading.append(...title.childNodes);
    title.replaceWith(heading);
    box.setAttribute('aria-labelledby', 'all-keys');
    box.append(...page.childNodes);
    box.addEventListener('close', () => box.remove());
    document.body.append(box);
    box.showModal();
  } catch {
    location.assign(href);
  }
};

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const command = event.ctrlKey || event.metaKey;
  if (event.key === 'Enter' && command) {
    const form = target.closest('form');
    // A form's own buttons: one that stands in it may belong to another.
    const buttons = [...(form?.elements ?? [])].filter((each) => each.matches('button') && each.type === 'submit');
    const main = buttons.find((each) => each.matches('.main')) ?? buttons[0];
    if (main) {
      event.preventDefault();
      form.requestSubmit(main);
    }
    return;
  }
  if (command && !event.altKey && !event.shiftKey && letterOf(event).toLowerCase() === 'k') {
    if (press('/')) event.preventDefault();
    return;
  }
  if (typing(target)) {
    if (event.key === 'Escape') target.blur();
    return;
  }
  if (command || event.altKey || document.documentElement.dataset.keys === 'off') return;
  if (document.querySelector('dialog[open]') && letterOf(event) !== '?') return;
  if (letterOf(event) === '?') {
    event.preventDefault();
    showKeys();
    return;
  }
  const letter = letterOf(event);
  const done = letter.toLowerCase() === 'j' ? move(1) : letter.toLowerCase() === 'k' ? move(-1) : press(letter);
  if (done) event.preventDefault();
});
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-key="?"]') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  showKeys();
});

/** Text areas as high as their text, where the browser cannot do it by style. */
if (!CSS.supports('field-sizing', 'content')) {
  const fit = (area) => {
    area.rows = Math.max(3, Math.min(30, Math.ceil(area.value.length / 60) + area.value.split('\n').length));
  };
  for (const area of document.querySelectorAll('textarea')) {
    fit(area);
    area.addEventListener('input', () => fit(area));
  }
}

/**
 * Long work: asks `data-progress-url` every two seconds for `{ text, value, max, done, next }`, shows the count, and goes
 * on to `next` when it is done.
 */
const follow = async (box) => {
  const text = box.querySelector('[data-progress-text]');
  const bar = box.querySelector('progress');
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    try {
      const answer = await fetch(box.dataset.progressUrl, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return;
      const now = await answer.json();
      if (bar && now.max) bar.max = now.max;
      if (bar) bar.value = now.value ?? 0;
      if (text && now.text && text.textContent !== now.text) text.textContent = now.text;
      if (now.done) {
        location.assign(now.next ?? location.href);
        return;
      }
    } catch {
      // No connection: try again, the work goes on without this page.
    }
  }
};
for (const box of document.querySelectorAll('[data-progress-url]')) follow(box);

/** The summary of what is wrong takes the focus. */
document.querySelector('.problems')?.focus();
