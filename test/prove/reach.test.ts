import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../browser/chromium.ts';
import { coloursOf } from './reach/colours.ts';
import { skipFaults, walkByKeyboard } from './reach/keys.ts';
import { layoutFaults } from './reach/layout.ts';
import { meaningOf } from './reach/meaning.ts';

/** What the proof looks with finds what was planted, and nothing on a page without a fault. */
let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const good = '<h1>Ders</h1><h2>Bir</h2><p>Bir çocuk için: <a href="#x">ara</a></p><p id="x">Son</p>';

async function found(main: string, style: string, look: (page: Page) => Promise<readonly string[]>): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  try {
    await page.setContent(
      '<!doctype html><html lang="tr" dir="ltr"><head><title>Ders</title><style>html{background:#fff;color:#111}' +
        `:focus-visible{outline:3px solid #111}${style}</style></head><body><nav aria-label="a"><a href="#main">geç</a></nav>` +
        `<section class="strip" aria-label="b">112</section><header>H</header><main id="main" tabindex="-1">${main}</main>` +
        '<footer>F</footer></body></html>',
    );
    return (await look(page)).join('\n');
  } finally {
    await page.close();
  }
}

const meaning = async (page: Page) => (await meaningOf(page)).faults;
const keys = async (page: Page) => (await walkByKeyboard(page)).faults;
const colours = async (page: Page) => {
  const { pairs, faults, moving } = await coloursOf(page);
  const faint = pairs.filter(({ ratio, needs }) => ratio < needs).map(({ text }) => `faint ${text}`);
  return [...faint, ...faults, ...(moving > 0 ? ['moves'] : [])];
};

test('nothing is found where nothing is wrong', async () => {
  for (const look of [layoutFaults, meaning, keys, colours]) assert.equal(await found(good, '', look), '');
});

const planted: readonly (readonly [string, (page: Page) => Promise<readonly string[]>, string, string, RegExp])[] = [
  [
    'a line that does not break',
    layoutFaults,
    `<p>${'uzun'.repeat(60)}</p>`,
    '',
    /scrolls sideways[\s\S]*ends outside/,
  ],
  [
    'text that is cut',
    layoutFaults,
    '<p class="c">Bir iki üç dört beş altı</p>',
    '.c{height:8px;overflow:hidden}',
    /cuts/,
  ],
  ['lines over lines', layoutFaults, '<p>Birinci</p><p class="o">İkinci</p>', '.o{margin-top:-30px}', /lies over/],
  ['faint words', colours, '<p class="f">soluk</p>', '.f{color:#999}', /faint #999999/],
  [
    'a button without an edge',
    colours,
    '<button>Bas</button>',
    'button{border:0;background:#fff}',
    /where a control ends/,
  ],
  [
    'a faint sign',
    colours,
    '<svg width="9" height="9"><path d="M0 0h9v9z" fill="#ddd"/></svg>',
    '',
    /drawing is faint/,
  ],
  ['movement', colours, '<p class="m">oynar</p>', '@keyframes k{to{opacity:.9}}.m{animation:k 9s infinite}', /moves/],
  ['a focus that nobody sees', keys, '<a href="#">ara</a>', 'a:focus-visible{outline:0}', /focus is not drawn/],
  [
    'a bar over the focus',
    keys,
    '<a href="#">ara</a><div class="b"></div>',
    '.b{position:fixed;inset:0}',
    /hidden while/,
  ],
  ['another order', keys, '<a href="#">ara</a><button tabindex="3">Bas</button>', '', /against the order/],
  ['a heading left out', meaning, '<h1>Ders</h1><h3>Üç</h3>', '', /skips a level/],
  ['another language', meaning, `${good}<p>This is the page that you have with you.</p>`, '', /en in lang=tr/],
  ['a loose phone number', meaning, `${good}<a href="tel:112">112</a>`, '', /not isolated/],
  ['a name without its words', meaning, `${good}<a href="#" aria-label="başka">ara</a>`, '', /has not the words/],
  ['no way past the head', skipFaults, good, 'nav a{position:absolute;left:-99px}', /not a skip link in view/],
];
for (const [what, look, main, style, expected] of planted) {
  test(`${what} is found`, async () => assert.match(await found(main, style, look), expected));
}
