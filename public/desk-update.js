// The update page: choices of a conflict, the reason of a decline, ticks, and where the focus goes. Works without it, too.

const field = document.querySelector('#text');

/** "Ours" and "theirs" put their words into the field, where they can still be changed. */
for (const link of document.querySelectorAll('[data-put]')) {
  link.addEventListener('click', (event) => {
    if (field === null) return;
    event.preventDefault();
    field.value = link.dataset.put;
    field.focus();
  });
}
for (const link of document.querySelectorAll('a[href="#text"]')) {
  link.addEventListener('click', (event) => {
    if (field === null) return;
    event.preventDefault();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
}

/** The fold of the reason: opened, its field takes the focus; Ctrl Enter there means what the fold is about. */
const fold = document.querySelector('#decline');
fold?.addEventListener('toggle', () => {
  if (fold.open) fold.querySelector('#reason')?.focus();
});
fold?.addEventListener('keydown', (event) => {
  const button = [...fold.querySelectorAll('button')].at(-1);
  if (event.key !== 'Enter' || button === undefined || event.isComposing || event.target.closest('button, summary'))
    return;
  event.preventDefault();
  event.stopPropagation();
  button.form.requestSubmit(button);
});

for (const button of document.querySelectorAll('[data-tick-offered]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    for (const line of button.closest('section').querySelectorAll('li')) {
      const box = line.querySelector('input.tick');
      if (box !== null) box.checked = line.querySelector('.offered') !== null;
    }
  });
}

/** After a decision the next open item has the focus; what was done is told beside it. */
const problem = document.querySelector('#item-problem');
if (problem !== null) (fold?.open ? document.querySelector('#reason') : field)?.focus();
else if (document.querySelector('.said') !== null) document.querySelector('[data-opened]')?.focus();
