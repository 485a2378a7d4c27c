// A quick way out of the page: its links leave no way back to it, and Shift three times leaves as well. Without this the links still lead out.
const ways = document.querySelectorAll('[data-exit]');
const leave = (event) => {
  event?.preventDefault();
  document.body.hidden = true;
  location.replace(ways[0].href);
};
for (const way of ways) way.addEventListener('click', leave);
let presses = 0;
let alone = false;
let forget = 0;
addEventListener('keydown', ({ key }) => {
  alone = key === 'Shift';
  if (!alone) presses = 0;
});
addEventListener('pointerdown', () => {
  alone = false;
});
addEventListener('keyup', ({ key }) => {
  if (key !== 'Shift' || !alone) return;
  clearTimeout(forget);
  forget = setTimeout(() => {
    presses = 0;
  }, 5000);
  presses += 1;
  if (presses === 3) leave();
});
addEventListener('pageshow', () => {
  document.body.hidden = false;
});
for (const hint of document.querySelectorAll('[data-shift]')) hint.hidden = false;
