// Is the HTML, as the server sent it, valid? The browser repairs what it gets, so the DOM cannot tell.
import { type ConfigData, HtmlValidate } from 'html-validate';

const CONFIG: ConfigData = {
  root: true,
  // `standard` is the HTML specification, `document` adds what a whole page needs, `a11y` what WCAG asks of markup.
  // `recommended` is left out: beyond those three it rules on style (quotes, case, void slashes, title length,
  // inline style), and style is the templates' business. A title's length depends on the language.
  extends: ['html-validate:standard', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // Our own files carry their hash in their name, and no file comes from elsewhere.
    'require-sri': ['error', { target: 'crossorigin' }],
    // From `recommended`: faults, not style.
    'no-self-closing': 'error', // `<div/>` opens a div
    'no-utf8-bom': 'error',
    // One of the two values is lost; tick boxes and buttons that share a name are lists and choices.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
    'script-type': 'error',
    'no-dup-class': 'error',
    'no-redundant-for': 'off', // a `for` on a label around its input is harmless, and some readers need it
  },
};

let validator: HtmlValidate | null = null;
const judged = new Map<string, Promise<string[]>>();

/** One line a fault: rule, place, message. The same bytes, with or without another form token, are judged once. */
export function invalidHtml(html: string): Promise<string[]> {
  const key = html.replace(/(name="_csrf" value=")[^"]*/g, '$1');
  const known = judged.get(key) ?? judge(html);
  judged.set(key, known);
  return known;
}

async function judge(html: string): Promise<string[]> {
  validator ??= new HtmlValidate(CONFIG);
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, column, message }) => `invalid HTML ${line}:${column} ${message} (${ruleId})`),
  );
}
