// Reading a lesson through and agreeing to it: ticks that count along, and the keys. Everything works without it.

const form = document.querySelector('form[data-agree]');
const boxes = [...document.querySelectorAll('input[name=unit][form=agree]')];

if (form !== null && boxes.length > 0) {
  const button = form.querySelector('button.main');
  const untouched = form.dataset.none;
  const { lang } = document.documentElement;
  const plural = new Intl.PluralRules(lang);
  const number = new Intl.NumberFormat(lang === 'ar' ? 'ar-u-nu-arab' : lang);

  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    const words = form.dataset[plural.select(ticked)] ?? form.dataset.other;
    button.textContent = ticked === 0 ? untouched : words.replace('#', number.format(ticked));
  };

  for (const box of boxes) box.addEventListener('change', count);
  for (const link of form.querySelectorAll('[data-tick]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      for (const box of boxes) box.checked = link.dataset.tick === 'all';
      count();
    });
  }

  const letterOf = (event) => (/^[\x20-\x7e]$/.test(event.key) ? event.key : event.code.replace(/^Key/, ''));

  // Before the desk's own keys: A is about the text in focus, and goes on to the next one.
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.isComposing || document.documentElement.dataset.keys === 'off') return;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        if (event.target.closest('form') !== null && event.target.matches('textarea')) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        form.requestSubmit(button);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.matches('textarea, select, input:not([type=checkbox])')) return;
      const letter = letterOf(event).toLowerCase();
      const items = [...document.querySelectorAll('[data-item]')];
      const at = items.findIndex((item) => item.contains(document.activeElement));
      const goTo = (item) => {
        item?.querySelector('a')?.focus();
        item?.scrollIntoView({ block: 'nearest' });
      };
      if (letter === 'a') {
        const item = items[Math.max(0, at)];
        const box = item?.querySelector('input[name=unit]');
        if (box) box.checked = !box.checked;
        count();
        goTo(items[Math.min(items.length - 1, Math.max(0, at) + 1)]);
      } else if (letter === 'j' || letter === 'k') {
        const step = letter === 'j' ? 1 : -1;
        goTo(items[Math.min(items.length - 1, Math.max(0, at < 0 ? 0 : at + step))]);
      } else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  count();
}
