import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExchangeProblem, exchangeFormats, exchangeLimits } from '../../../src/domain/exchange/exchangeFile.ts';
import { isRefusal } from '../../../src/formats/exchange/exchange.ts';
import { read, sample, textOf } from './sample.ts';

const xml = '<?xml version="1.0" encoding="UTF-8"?>\n';
const two = textOf('xliff2').replace(xml, '');
const one = textOf('xliff1').replace(xml, '');

function refused(file: string | Uint8Array): ExchangeProblem | 'accepted' {
  const answer = read(file);
  return isRefusal(answer) ? answer.problem : 'accepted';
}

test('no document type, whatever it would do', () => {
  const laughs = ['lol', ...Array.from({ length: 9 }, (_, n) => `lol${n + 1}`)]
    .map((name, n, all) => `<!ENTITY ${name} "${n === 0 ? 'lol' : `&${all[n - 1]};`.repeat(10)}">`)
    .join('');
  for (const body of [two, one]) {
    assert.equal(refused(`${xml}<!DOCTYPE xliff [${laughs}]>${body.replace('Keep', '&lol9;')}`), 'doctype');
    assert.equal(
      refused(`${xml}<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>${body.replace('Keep', '&x;')}`),
      'doctype',
    );
    assert.equal(refused(`${xml}<!DOCTYPE xliff SYSTEM "http://127.0.0.1:1/x.dtd">${body}`), 'doctype');
    assert.equal(refused(`${xml}<!DOCTYPE xliff [<!ENTITY % a SYSTEM "http://127.0.0.1:1/"> %a;]>${body}`), 'doctype');
    assert.equal(refused(`${xml}${body.replace('Keep', '&lol;')}`), 'malformed', 'an entity that nobody declared');
    assert.equal(refused(`${xml}${body.replace('Keep', '&#0;')}`), 'malformed');
    assert.equal(refused(`${xml}${body.replace('Keep', '\u0000')}`), 'malformed');
    assert.equal(refused(`${xml}${body.replace('Keep', '&#x1F;')}`), 'malformed');
  }
});

test('what is no UTF-8 is not guessed at', () => {
  const utf16 = Buffer.from(`\ufeff${xml}${two}`, 'utf16le');
  assert.equal(refused(utf16), 'encoding');
  assert.equal(refused(Buffer.from(utf16).swap16()), 'encoding');
  assert.equal(refused(`<?xml version="1.0" encoding="UTF-7"?>${two}`), 'encoding');
  assert.equal(refused(`<?xml version="1.0" encoding="ISO-8859-9"?>${two}`), 'encoding');
  assert.equal(refused(textOf('po').replace('charset=utf-8', 'charset=UTF-7')), 'encoding');
  const latin = Buffer.concat([Buffer.from(textOf('csv')), Buffer.from([0xe7, 0x0a])]);
  assert.equal(refused(latin), 'encoding', 'a letter of Latin-5');
  assert.equal(refused(Buffer.from([0xed, 0xa0, 0x80])), 'encoding', 'half a pair');
});

test('bombs of depth, breadth and length stop early', () => {
  const deep = '<group id="g">'.repeat(5000);
  const started = performance.now();
  assert.equal(refused(`${xml}${two.replace('<unit', `${deep}<unit`)}`), 'tooDeep');
  assert.equal(
    refused(`${xml}${two.replace('<unit', `<unit ${Array.from({ length: 3000 }, (_, n) => `a${n}="1"`).join(' ')}`)}`),
    'tooMany',
  );
  assert.equal(refused(`${xml}${two.replace('name="CPS-02"', `name="${'x'.repeat(100_000)}"`)}`), 'textTooLong');
  assert.equal(refused(`${xml}${two.replace('</file>', `${'<a/>'.repeat(600_000)}</file>`)}`), 'tooMany');
  assert.equal(refused(new Uint8Array(exchangeLimits.bytes + 1).fill(32)), 'tooLarge');
  const units = 'msgctxt "x"\nmsgid "y"\nmsgstr ""\n\n';
  const many = Array.from({ length: exchangeLimits.units + 1 }, (_, n) => units.replace('"x"', `"s${n}"`)).join('');
  assert.equal(refused(`${textOf('po')}\n${many}`), 'tooMany');
  const rows = Array.from({ length: exchangeLimits.units + 10 }, () => 'S1,a,b,').join('\n');
  assert.equal(refused(`segment,source,target,file\n${rows}`), 'tooMany');
  assert.ok(performance.now() - started < 20_000);
});

test('other things in the clothes of one of ours', () => {
  assert.equal(refused(''), 'empty');
  assert.equal(refused('   \n\n'), 'empty');
  assert.equal(refused('%PDF-1.7'), 'formatUnknown');
  assert.equal(refused('PK\u0003\u0004'), 'formatUnknown');
  assert.equal(refused('{"units":[]}'), 'formatUnknown');
  assert.equal(refused('<html><body/></html>'), 'namespace');
  assert.equal(refused(two.replace('document:2.0', 'document:9.9')), 'namespace');
  assert.equal(refused('<xliff version="1.2"/>'), 'namespace');
  assert.equal(refused(two.replaceAll('mda:', 'unbound:')), 'malformed');
  assert.equal(refused('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'namespace');
  assert.equal(refused('segment,source,target\nS1,a,b'), 'columnsMissing');
  assert.equal(refused('segment,source,target,file\nS1,"a,b'), 'malformed');
  assert.equal(refused('segment,source,target,file\nS1,a,b,nothing'), 'originMissing');
  assert.equal(refused('msgid ""\nmsgstr "Language: tr\\n"\n\nmsgctxt "S1"\nmsgid "a"\nmsgstr "b"\n'), 'originMissing');
  assert.equal(refused('msgid "a\nmsgstr "b"'), 'malformed');
  assert.equal(refused(two.replace(/<unit [\s\S]*<\/unit>/, '')), 'noUnits');
});

test('a file of two editions is of none', () => {
  const mixed = textOf('csv').replace('edition=tr-TR', 'edition=ar-EG');
  assert.equal(refused(mixed), 'severalOrigins');
  const second =
    /<file [\s\S]*<\/file>/.exec(two)?.[0].replaceAll('tr-TR', 'ar-EG').replace('id="units"', 'id="more"') ?? '';
  assert.equal(refused(two.replace('</xliff>', `${second}</xliff>`)), 'severalOrigins');
});

test('a file that breaks off is refused or read short, and never makes a text shorter without a word', () => {
  for (const format of exchangeFormats) {
    const text = textOf(format);
    for (let end = 0; end < text.length; end += 7) {
      const answer = read(text.slice(0, end));
      if (isRefusal(answer)) continue;
      assert.ok(format === 'po' || format === 'csv', `${format} cut at ${end}`);
      for (const unit of answer.units) {
        const whole = sample.units.find((each) => each.segment === unit.segment);
        const cut = unit.stamp === null || unit.target === '' || unit.target === whole?.target;
        assert.ok(cut, `${format} cut at ${end}: ${unit.segment} ${unit.target}`);
      }
    }
  }
});

test('names that objects have of their own are names like others', () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    for (const format of exchangeFormats) {
      const answer = read(textOf(format).replaceAll('CPS-02', name));
      assert.ok(!isRefusal(answer), `${format} ${name}`);
      assert.equal(answer.units.find((unit) => unit.target.startsWith('Anlat'))?.segment, name, format);
    }
  }
});
