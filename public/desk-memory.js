// Takes a match of the memory into the field, and puts an agreed word where the cursor stands. Nothing is saved by it.

const field = document.querySelector('#target');
const taken = document.querySelector('#taken');

if (field !== null) {
  for (const link of document.querySelectorAll('[data-take]')) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      field.value = link.dataset.take;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.focus();
      if (taken !== null) taken.value = link.dataset.hash;
    });
  }

  const inserts = [...document.querySelectorAll('[data-insert]')];
  /** G puts in the first term, and the next one the next time. */
  const keyTo = (button) => {
    for (const each of inserts) delete each.dataset.key;
    if (button !== undefined) button.dataset.key = 'G';
  };
  for (const [place, button] of inserts.entries()) {
    button.hidden = false;
    button.addEventListener('click', () => {
      field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.focus();
      keyTo(inserts[(place + 1) % inserts.length]);
    });
  }
  keyTo(inserts[0]);
}
