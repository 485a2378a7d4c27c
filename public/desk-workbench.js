// The workbench by keyboard: saves without leaving the place, goes from unit to unit, puts facts and matches into the
// text. Everything here is a form, a link or a button that works by itself, too.

const field = () => document.querySelector('#target');
const narrow = matchMedia('(max-width: 760px)');
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/** What has just happened, for those who hear the page. */
const announcement = document.createElement('p');
announcement.className = 'aside';
announcement.setAttribute('role', 'status');
document.body.append(announcement);
const announce = (text) => {
  announcement.textContent = '';
  setTimeout(() => {
    announcement.textContent = text;
  }, 50);
};

/** Into the field, as typing would do it: one step back takes it out again. */
const put = (text, whole = false) => {
  const area = field();
  if (!area) return;
  area.focus();
  if (whole) area.select();
  if (!document.execCommand('insertText', false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }
};

/** On a phone the margin is a list of closed parts, but for what the checks found and the best match. */
const folded = () => {
  for (const part of document.querySelectorAll('details.fold:not([data-stays])')) {
    if (narrow.matches && !part.contains(document.activeElement)) part.open = false;
  }
};
narrow.addEventListener('change', () => {
  for (const part of document.querySelectorAll('details.fold')) part.open = true;
  folded();
});

/** G puts in the first term, and the next one the next time. */
const nextTerm = (used = null) => {
  const terms = [...document.querySelectorAll('.terms [data-insert]')];
  if (used !== null && !terms.includes(used)) return;
  for (const term of terms) delete term.dataset.key;
  const next = terms[(terms.indexOf(used) + 1) % terms.length];
  if (next) next.dataset.key = 'G';
};

/** The place of the open unit, in the list and in the text. */
const settle = (focus) => {
  for (const each of document.querySelectorAll('[data-scripted], .terms [data-insert]')) each.hidden = !field();
  nextTerm();
  const list = document.querySelector('.segments');
  const current = list?.querySelector('a[aria-current]');
  if (current) list.scrollTop = current.offsetTop - list.offsetTop - list.clientHeight / 2;
  folded();
  if (!focus) return;
  field()?.focus({ preventScroll: true });
  const unit = document.querySelector('.unit.open');
  const tall = unit !== null && unit.clientHeight > innerHeight;
  unit?.scrollIntoView({ block: narrow.matches || tall ? 'start' : 'center' });
};

/** The answer as a document, and whether it is a page of the workbench. */
const read = async (answer) => {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return { page, isBench: page.querySelector('main .bench') !== null };
};

/** Puts an answered page of the workbench in place of this one. */
const show = (page, address) => {
  const main = page.querySelector('main');
  const said = main.querySelector('.said');
  said?.removeAttribute('role');
  document.querySelector('main').replaceChildren(...main.childNodes);
  document.querySelector('.masthead')?.replaceWith(page.querySelector('.masthead'));
  document.title = page.title;
  const anchor = document.querySelector('.unit.open')?.id ?? '';
  history.pushState({ desk: true }, '', `${address.split('#')[0]}${anchor ? `#${anchor}` : ''}`);
  tell('desk:page');
  settle(true);
  const problem = document.querySelector('.problems');
  announce([(said ?? problem)?.textContent.trim(), field()?.dataset.open].filter(Boolean).join(' '));
};

const ask = (address, request) =>
  fetch(address, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(20_000), ...request });

/** Another unit of the lesson. */
const visit = async (href) => {
  tell('desk:leave');
  try {
    const answer = await ask(href);
    const { page, isBench } = await read(answer);
    if (answer.ok && isBench) return show(page, answer.url);
  } catch {
    // No connection, or too slow a one: the browser says so itself.
  }
  location.assign(href);
};

let saving = false;
const renewed = () => new Promise((done) => tell('desk:renew', { done }));

/** Sends a form of the open unit. When that does not work, the text stays where it is and the line says why. */
const send = async (form, button) => {
  if (saving) return;
  saving = true;
  const area = field();
  const again = () => send(form, button);
  const request = () =>
    ask(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, button ?? undefined)) });
  button?.setAttribute('aria-busy', 'true');
  try {
    let answer = await request();
    if (answer.status === 403 && (await renewed())) answer = await request();
    const { page, isBench } = await read(answer);
    if (isBench) {
      // Saved, or kept on the server as a draft: either way the answer has every word.
      tell('desk:saved', area);
      show(page, answer.redirected ? answer.url : location.href);
    } else {
      const why = page.querySelector('h1')?.textContent.trim();
      const way =
        answer.status === 401 || (answer.redirected && answer.url.includes('sign-in')) ? area?.dataset.signIn : why;
      tell('desk:notice', { text: [area?.dataset.notSaved, way].filter(Boolean).join(' '), again });
    }
  } catch {
    tell('desk:notice', { text: area?.dataset.notSaved ?? '', again });
  } finally {
    saving = false;
    button?.removeAttribute('aria-busy');
  }
};

const own = new Set(['save', 'confirm', 'undo', 'keep-mine', 'keep-saved']);
document.addEventListener('submit', (event) => {
  if (event.defaultPrevented || !own.has(event.target.id)) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

/** Facts of the source that the text does not have yet, in their order. */
const missingFacts = () => {
  const left = field()?.value ?? '';
  return [...document.querySelectorAll('.chips [data-insert]')]
    .map((each) => each.dataset.insert)
    .filter((each) => !left.includes(each));
};

const jump = (href) => {
  const goal = document.querySelector(href);
  if (!goal) return false;
  const part = goal.closest('details.fold');
  if (part) part.open = true;
  const spot = goal.matches('details') ? goal.querySelector('summary') : goal;
  spot.focus();
  spot.scrollIntoView({ block: 'center' });
  return true;
};

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target.closest('a, button') : null;
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { dataset } = target;
  if (dataset.insert !== undefined) {
    put(dataset.insert);
    nextTerm(target);
  } else if (dataset.take !== undefined && field()) {
    put(dataset.take, true);
    document.querySelector('#taken').value = dataset.hash ?? '';
  } else if (dataset.insertNext !== undefined) {
    const [next] = missingFacts();
    if (next) put(next);
  } else if (dataset.copySource !== undefined && field()?.form)
    put(document.querySelector('[data-source]').dataset.source, true);
  else if (dataset.jump !== undefined) {
    if (!jump(target.hash)) return;
  } else if (dataset.visit !== undefined) visit(target.href);
  else return;
  event.preventDefault();
});

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.ctrlKey || event.metaKey) {
    if (event.key !== 'Enter' || target.closest('form')) return;
    event.preventDefault();
    document.querySelector('#save')?.requestSubmit(document.querySelector('#save button.main'));
    return;
  }
  if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    const way = document.querySelector(`[data-way="${event.key === 'ArrowDown' ? 'next' : 'previous'}"]`);
    if (!way) return;
    event.preventDefault();
    visit(way.href);
    return;
  }
  const nowhere = !target.closest('form, a, button, summary, dialog');
  if (event.key === 'Enter' && nowhere && field()) {
    event.preventDefault();
    field().focus();
  }
});

addEventListener('popstate', () => location.reload());
// A page that was opened at a unit is opened to write there; on a phone the keyboard would hide the source.
settle(location.search.includes('unit=') && !narrow.matches && document.activeElement === document.body);
