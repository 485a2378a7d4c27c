// Keeps what is being typed in a unit: in this browser at once, on the server at every pause. Nothing typed is lost when
// the line drops, the window is closed or somebody else saves first.

const pause = 600;
const oldest = 30 * 24 * 60 * 60 * 1000;
const prefix = 'headwater-draft ';

const field = () => document.querySelector('#target[data-draft-href]');
const nameOf = ({ dataset }) => `${prefix}${dataset.me} ${dataset.edition} ${dataset.segment}`;
const same = (one, other) => one.replaceAll('\r\n', '\n').trim() === other.replaceAll('\r\n', '\n').trim();

/** This browser's own memory; private windows may refuse it. */
const memory = {
  read(name) {
    try {
      return JSON.parse(localStorage.getItem(name) ?? 'null');
    } catch {
      return null;
    }
  },
  write(name, draft) {
    try {
      localStorage.setItem(name, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  },
  drop(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      // Nothing was kept, so nothing has to go.
    }
  },
  sweep() {
    try {
      for (const name of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
        if (Date.now() - (this.read(name)?.at ?? 0) > oldest) localStorage.removeItem(name);
      }
    } catch {
      // As above.
    }
  },
};

const clock = (at) =>
  new Intl.DateTimeFormat(document.documentElement.lang === 'ar' ? 'ar-u-nu-arab' : document.documentElement.lang, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);

const say = (text) => {
  const line = document.querySelector('[data-draft-line]');
  if (line && line.textContent !== text) line.textContent = text;
};

/** One sunk line in place, with a way to try again; an empty text takes it away. */
const notice = (text, again = null) => {
  document.querySelector('.line-away')?.remove();
  const area = field();
  if (text === '' || !area) return;
  const box = document.createElement('p');
  box.className = 'band line-away';
  box.setAttribute('role', 'status');
  box.append(text);
  if (again) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'link' });
    button.textContent = area.dataset.try;
    button.addEventListener('click', again);
    box.append(' ', button);
  }
  area.after(box);
};

let timer = 0;
let away = null;
/** The request under way; the next one waits for it, so that an older text never comes last. */
let sending = Promise.resolve();

const bodyOf = (area, draft) =>
  new URLSearchParams({
    _csrf: area.form.elements._csrf.value,
    lesson: area.dataset.lesson,
    text: draft.text,
    revision: String(draft.revision),
  });

/** A new token for this page's forms, after the old one has ended with its session. */
const renewToken = async () => {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const token = page.querySelector('#save input[name=_csrf]')?.value;
  if (!token) return false;
  for (const input of document.querySelectorAll('input[name=_csrf]')) input.value = token;
  return true;
};

const post = async (area, draft) => {
  const send = () =>
    fetch(area.dataset.draftHref, {
      method: 'POST',
      body: bodyOf(area, draft),
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(20_000),
    });
  const first = await send();
  return first.status === 403 && (await renewToken()) ? send() : first;
};

const lost = (area) => {
  away ??= Date.now();
  say('');
  notice(area.dataset.offline.replace('{time}', clock(away)), () => keep());
};

const showReader = (paragraphs) => {
  const now = document.querySelector('[data-reader-now]');
  if (!now) return;
  const heading = now.querySelector('.heading') !== null;
  now.replaceChildren(
    ...paragraphs.map((html) => {
      const line = document.createElement('p');
      if (heading) line.className = 'heading';
      // Escaped leaf by leaf where it was made, as on every page.
      line.innerHTML = html;
      return line;
    }),
  );
};

/** Writes the field down: here at once, then on the server. */
const keep = async () => {
  clearTimeout(timer);
  const area = field();
  if (!area) return;
  const name = nameOf(area);
  const draft = { text: area.value, revision: Number(area.dataset.revision), at: Date.now(), sent: false };
  const held = memory.read(name);
  if (held?.sent && held.text === draft.text && away === null) return;
  if (same(draft.text, area.defaultValue) && !area.dataset.draftAt && held === null) return;
  const here = memory.write(name, draft);
  sending = sending.then(async () => {
    try {
      const answer = await post(area, draft);
      if (!answer.ok) {
        if (answer.status >= 500) return lost(area);
        say(answer.status === 401 ? `${area.dataset.notSaved} ${area.dataset.signIn}` : area.dataset.notSaved);
        return;
      }
      const { kept, paragraphs } = await answer.json();
      away = null;
      notice('');
      if (field() !== area) return;
      if (kept === null) memory.drop(name);
      else if (area.value === draft.text) memory.write(name, { ...draft, sent: true, kept });
      if (kept !== null) area.dataset.draftAt = kept;
      say(kept === null ? '' : `${area.dataset.kept} ${clock(draft.at)}`);
      offerSaved(kept !== null);
      if (area.value === draft.text) showReader(paragraphs);
    } catch {
      if (field() === area) lost(area);
      if (!here) say(area.dataset.notSaved);
    }
  });
  await sending;
};

/** After a save, or when the saved text is put back: the browser's own draft is gone. */
const forget = (area = field()) => {
  clearTimeout(timer);
  if (area) memory.drop(nameOf(area));
};

/** What this browser kept and could not send comes back into the field; it is the newest there is. */
const takeUp = () => {
  memory.sweep();
  const area = field();
  if (!area) return;
  const name = nameOf(area);
  const held = memory.read(name);
  if (held === null) return;
  // The page may have been made while the last words were still on their way; what was kept later counts.
  const newer = !held.sent || (held.kept ?? '') >= (area.dataset.draftAt ?? '~');
  if (!newer || same(held.text, area.value)) {
    if (!area.dataset.draftAt) memory.drop(name);
    return;
  }
  if (held.revision === Number(area.dataset.revision)) {
    area.value = held.text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    say(area.dataset.keptHere);
    offerSaved(true);
    return;
  }
  // Somebody saved meanwhile: the server shows both texts with marks.
  post(area, held)
    .then((answer) => {
      if (!answer.ok) return;
      memory.write(name, { ...held, sent: true });
      location.reload();
    })
    .catch(() => lost(area));
};

/** "Put the saved text back", as soon as there is something else in the field. */
const offerSaved = (offered) => {
  const button = document.querySelector('.draft-line [data-drop-draft]');
  if (button) button.hidden = !offered;
};

document.addEventListener('input', (event) => {
  if (event.target !== field()) return;
  const area = event.target;
  memory.write(nameOf(area), {
    text: area.value,
    revision: Number(area.dataset.revision),
    at: Date.now(),
    sent: false,
  });
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
});
document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-drop-draft]')) forget();
});
addEventListener('online', () => keep());
addEventListener('pagehide', () => {
  const area = field();
  const held = area ? memory.read(nameOf(area)) : null;
  if (held && !held.sent) navigator.sendBeacon(area.dataset.draftHref, bodyOf(area, held));
});
document.addEventListener('desk:page', takeUp);
document.addEventListener('desk:notice', ({ detail }) => notice(detail.text, detail.again));
document.addEventListener('desk:renew', ({ detail }) => renewToken().then(detail.done, () => detail.done(false)));
document.addEventListener('desk:saved', (event) => forget(event.detail));
document.addEventListener('desk:leave', () => {
  if (timer) keep();
});
takeUp();
