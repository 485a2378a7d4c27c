import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { Visitor } from '../testApp.ts';
import { sampleDesk } from './sampleDesk.ts';
import { sampleEdition, sampleUnit } from './sampleRiver.ts';

const desk = await sampleDesk();
const { store } = desk;
const base = '/desk/editions/tr-TR';

async function visitor(id: string): Promise<Visitor> {
  const visit = new Visitor(desk.origin);
  await visit.signIn(id);
  return visit;
}
const [elif, murat] = [await visitor('elif'), await visitor('murat')];

// A sister that readers can see, and that has translated what ours has not.
await store.editions.save(sampleEdition('tr-CY', 'eg', { language: 'tr' }));
const source = (await store.releases.lessonPackage('1.1.0')).segments['B4.act.3']?.text ?? '';
await store.units.save({
  ...sampleUnit('tr-CY', 'B4.act.3', 'Anlatmayı iki kez deneyin.'),
  basedOn: textHash(source),
});

describe('the memory beside the open unit', () => {
  test('shows a sister’s text with percentage, origin and what is not reviewed, and takes it without script', async () => {
    const { html } = await elif.get(`${base}/lessons/B4?unit=B4.act.3`);
    assert.match(html, /100%/);
    assert.match(
      html,
      /<bdi dir="ltr">B4\.act\.3<\/bdi> <bdi lang="[a-z]+">[^<]+<\/bdi>/,
      'the lesson is named beside the segment',
    );
    assert.match(html, /tr-CY/);
    assert.match(html, /not reviewed/);
    const taken = await elif.get(`${base}/lessons/B4?unit=B4.act.3&take=1`);
    assert.match(taken.html, /Anlatmayı iki kez deneyin\.<\/textarea>/);
    assert.equal(await store.units.byId('tr-TR', 'B4.act.3'), null, 'nothing is saved by looking');
    const hash = /name="taken" id="taken" value="([0-9a-f]{64})"/.exec(taken.html)?.[1] ?? '';
    const fields = { lesson: 'B4', show: 'all', revision: '0', kind: '', reason: '', way: 'stay', taken: hash };
    await elif.post(`${base}/units/B4.act.3`, { ...fields, target: 'Anlatmayı iki kez deneyin.' });
    assert.equal((await store.units.byId('tr-TR', 'B4.act.3'))?.origin, 'memory');
    await elif.get(`${base}/lessons/B4?unit=B4.act.3`);
    await elif.post(`${base}/units/B4.act.3`, { ...fields, revision: '1', target: 'Anlatmayı üç kez deneyin.' });
    assert.equal((await store.units.byId('tr-TR', 'B4.act.3'))?.origin, 'person', 'changed: a person’s own');
  });

  test('a key that no match has puts nothing in', async () => {
    for (const take of ['9', '0', '-1', '1e3', '<b>']) {
      const page = await elif.get(`${base}/lessons/B4?unit=B4.q.1&take=${encodeURIComponent(take)}`);
      assert.match(page.html, /<textarea id="target"[^>]*><\/textarea>/, take);
    }
  });

  test('marks the terms of the source and lists them with the words that are not used', async () => {
    const { html } = await elif.get(`${base}/lessons/B4?unit=CPS-02`);
    assert.match(html, /<span class="term">adult<\/span>/);
    assert.match(html, /data-insert="yetişkin"/);
    assert.match(html, /We do not say:/);
  });
});

describe('starting from a sister', () => {
  test('counts first, then brings her published texts to be reviewed, once, and never over ours', async () => {
    const lesson = (await store.releases.lessonPackage('1.1.0')).lessons.find(({ id }) => id === 'B4');
    assert.ok(lesson);
    const segment = (text: string, more = {}) => ({
      kind: 'paragraph' as const,
      policy: 'adaptable' as const,
      text,
      basedOn: textHash(source),
      ...more,
    });
    const published = {
      ...{ edition: 'tr-CY', language: 'tr', country: 'CY', demonstration: false, release: '1.1.0', lesson },
      segments: {
        'B4.title': segment('Kardeşin başlığı'),
        'B4.act.4': segment('Kardeşin metni'),
        'B4.q.1': segment('Source', { untranslated: true as const }),
      },
      facts: {},
      evidence: {},
    };
    await store.publications.addLesson('a'.repeat(64), published);
    await store.publications.add({
      ...{ edition: 'tr-CY', number: 1, on: '2026-10-01', at: '2026-10-01T09:00:00.000Z', by: 'mona' },
      kind: 'lessons',
      lessons: [
        {
          lesson: 'B4',
          hash: 'a'.repeat(64),
          release: '1.1.0',
          lessonEdition: { number: 1, on: '2026-10-01' },
          code: '00000-00000',
        },
      ],
      root: 'b'.repeat(64),
      demonstration: false,
    });
    const sister = await store.editions.byTag('tr-CY');
    assert.ok(sister);
    await store.editions.save({ ...sister, publication: 1, revision: sister.revision + 1 });
    const ours = await store.units.byId('tr-TR', 'B4.title');
    const deniz = await visitor('deniz');
    const { html } = await deniz.get(`${base}/sister`);
    assert.match(html, /One text would come from tr-CY/);
    assert.doesNotMatch((await elif.get(`${base}/sister`)).html, /name="from"/);
    const revision = String((await store.editions.byTag('tr-TR'))?.revision);
    assert.equal((await deniz.post(`${base}/sister`, { from: 'ar-EG', revision })).status, 404);
    assert.equal((await elif.post(`${base}/sister`, { from: 'tr-CY', revision })).status, 403);
    await deniz.get(`${base}/sister`);
    assert.equal((await deniz.post(`${base}/sister`, { from: 'tr-CY', revision })).status, 303);
    const brought = await store.units.byId('tr-TR', 'B4.act.4');
    assert.deepEqual(
      [brought?.target, brought?.state, brought?.origin, brought?.originOf, brought?.basedOn, brought?.reviewedBy],
      ['Kardeşin metni', 'translated', 'sister', 'tr-CY', textHash(source), null],
    );
    assert.deepEqual(await store.units.byId('tr-TR', 'B4.title'), ours);
    assert.equal(await store.units.byId('tr-TR', 'B4.q.1'), null);
    await deniz.get(`${base}/sister`);
    assert.equal(
      (await deniz.post(`${base}/sister`, { from: 'tr-CY', revision })).status,
      409,
      'somebody did it already',
    );
  });
});

describe('the glossary', () => {
  const fields = {
    revision: '1',
    source: 'adult',
    sourceForms: 'adults; grown-up',
    'target-1': 'yetişkin',
    'forms-1': '',
    definition: 'x',
    note: '',
  };

  test('a reviewer changes a term; the second writer gets both words back', async () => {
    await murat.get(`${base}/glossary?term=adult`);
    const saved = await murat.post(`${base}/glossary/terms/adult`, fields);
    assert.equal(saved.headers.get('location'), `${base}/glossary#term-adult`);
    const term = await store.glossary.byId('tr', 'adult');
    assert.deepEqual(term?.source.forms, ['adults', 'grown-up']);
    assert.deepEqual([term?.revision, term?.by, term?.forbidden], [2, 'murat', []]);
    const late = await murat.post(`${base}/glossary/terms/adult`, { ...fields, 'target-1': 'erişkin' });
    assert.equal(late.status, 409);
    assert.match(late.html, /value="erişkin"/, 'what was typed is kept');
    assert.match(late.html, /<strong>yetişkin<\/strong>/, 'what stands is shown');
    assert.equal((await store.glossary.byId('tr', 'adult'))?.revision, 2);
  });

  test('a term that is not whole, or that another one has, is refused with what was typed', async () => {
    await murat.get(`${base}/glossary?term=new`);
    const half = await murat.post(`${base}/glossary/terms`, {
      ...fields,
      revision: '0',
      source: 'proof',
      sourceForms: '',
      'target-1': ' ',
    });
    assert.equal(half.status, 422);
    assert.match(half.html, /value="proof"/);
    const twice = await murat.post(`${base}/glossary/terms`, {
      ...fields,
      revision: '0',
      sourceForms: '',
      source: 'Adult',
    });
    assert.equal(twice.status, 422);
    assert.match(twice.html, /stands in another term/);
    const added = await murat.post(`${base}/glossary/terms`, {
      ...fields,
      revision: '0',
      source: 'The Proof',
      sourceForms: '',
      'target-1': 'kanıt',
    });
    assert.equal(added.headers.get('location'), `${base}/glossary#term-the-proof`);
    await murat.get(`${base}/glossary`);
    assert.equal((await murat.post(`${base}/glossary/terms/the-proof/removal`, { revision: '9' })).status, 409);
    assert.equal((await murat.post(`${base}/glossary/terms/the-proof/removal`, { revision: '1' })).status, 303);
    assert.equal(await store.glossary.byId('tr', 'the-proof'), null);
    assert.equal((await murat.post(`${base}/glossary/terms/nothing`, { ...fields, source: 'other' })).status, 404);
  });

  test('a translator reads it, and cannot change it', async () => {
    const { html } = await elif.get(`${base}/glossary?term=adult`);
    assert.doesNotMatch(html, /term-form/);
    assert.equal((await elif.post(`${base}/glossary/terms/adult`, { ...fields, revision: '2' })).status, 403);
  });

  test('the term review names the units that use another word', async () => {
    await store.units.save({ ...sampleUnit('tr-TR', 'CPS-02', 'Bir büyüğe anlat: {helpline.child}'), revision: 2 });
    const { html } = await murat.get(`${base}/glossary/review`);
    assert.match(html, /Term review: /);
    assert.match(html, /CPS-02/);
    assert.match((await murat.get(`${base}/glossary`)).html, /not follow them/);
  });
});

describe('the concordance', () => {
  test('finds sources and texts of ours and of sisters, marks them, and takes any query as words', async () => {
    const { html } = await elif.get(`${base}/concordance?q=${encodeURIComponent('ANLATMAYI')}`);
    assert.match(html, /<mark>Anlatmayı<\/mark>/);
    assert.match(html, /tr-CY/);
    const whole = await elif.get(`${base}/concordance?q=anlat&whole=1`);
    assert.doesNotMatch(whole.html, /<mark>Anlat<\/mark>mayı/);
    for (const q of [
      '.*',
      '(((((',
      '\\',
      '[a-',
      '<script>alert(1)</script>',
      '$where',
      'a'.repeat(5000),
      '\u202e',
      '%',
    ]) {
      const page = await elif.get(`${base}/concordance?q=${encodeURIComponent(q)}&page=99999999999`);
      assert.equal(page.status, 200, q.slice(0, 20));
      assert.doesNotMatch(page.html, /<script>alert/);
    }
  });

  test('another partner’s edition is not there', async () => {
    for (const path of ['concordance?q=a', 'glossary', 'glossary/review', 'sister']) {
      assert.equal((await elif.get(`/desk/editions/ar-EG/${path}`)).status, 404, path);
    }
  });
});
