import type { Store, World } from '../../../src/commands/ports.ts';
import type { Partner, Person, Role } from '../../../src/domain/access/access.ts';
import type { Term } from '../../../src/domain/memory/term.ts';
import { addPerson } from '../testApp.ts';
import { sampleEdition, sampleFact, sampleReleases, sampleUnit } from './sampleRiver.ts';

const partners: readonly Partner[] = [
  { id: 'authority', name: 'The authority', kind: 'authority', jurisdictions: [] },
  { id: 'tr', name: 'Güvenli Ağ', kind: 'national', jurisdictions: ['TR'] },
  { id: 'eg', name: 'شبكة آمنة', kind: 'national', jurisdictions: ['EG'] },
  { id: 'gb', name: 'Safe Net', kind: 'national', jurisdictions: ['GB'] },
];

const people: readonly (readonly [string, string, readonly Role[], Partial<Person>])[] = [
  ['elif', 'tr', ['translator'], { name: 'Elif Yıldırım' }],
  ['murat', 'tr', ['reviewer'], { name: 'Murat Kaya' }],
  ['deniz', 'tr', ['coordinator'], { name: 'Deniz Aksoy' }],
  ['turgut', 'tr', ['coordinator'], { name: 'Turgut Er', language: 'tr' }],
  ['mona', 'eg', ['coordinator'], { name: 'منى فاروق', language: 'ar' }],
  ['karim', 'eg', ['reviewer'], { name: 'كريم عادل', language: 'ar' }],
  ['grace', 'gb', ['coordinator'], { name: 'Grace Hill' }],
  ['ada', 'authority', ['chiefEditor'], { name: 'Ingrid Solheim' }],
];

const turkish = [
  sampleUnit('tr-TR', 'B4.title', 'Bir şey ters gittiğinde', { state: 'final', reviewedBy: 'murat' }),
  sampleUnit('tr-TR', 'B4.summary', 'Çocuklar, bir mesaj onları korkuttuğunda kime söyleyeceklerini öğrenir.', {
    state: 'reviewed',
    reviewedBy: 'murat',
  }),
  sampleUnit(
    'tr-TR',
    'CPS-02',
    'Anlatmaya devam et. İlk yetişkin yardım etmezse bir başkasına söyle ya da ara: {helpline.child}.',
  ),
  sampleUnit('tr-TR', 'CPS-03', 'Şimdi dur. Para verme. Başka bir şey gönderme.', {
    state: 'final',
    reviewedBy: 'murat',
  }),
  sampleUnit('tr-TR', 'B4.act.1', 'Kuralları birlikte belirleyin', { by: 'deniz' }),
  sampleUnit('tr-TR', 'B4.act.2', 'Sam’in öyküsünü sesli okuyun. Sınıfa ikişerli konuşmak için 3 dakika verin.', {
    state: 'reviewed',
    reviewedBy: 'murat',
    adapted: true,
  }),
];

const arabic = [
  sampleUnit('ar-EG', 'B4.title', 'عندما تسوء الأمور', { state: 'final', by: 'mona', reviewedBy: 'karim' }),
  sampleUnit('ar-EG', 'CPS-02', 'استمر في الإخبار. إن لم يساعدك الأول فأخبر غيره، أو اتصل: {helpline.child}.', {
    by: 'karim',
  }),
  sampleUnit('ar-EG', 'CPS-03', 'توقّف الآن. لا تدفع. لا ترسل شيئًا آخر.', {
    state: 'final',
    by: 'mona',
    reviewedBy: 'karim',
  }),
  sampleUnit('ar-EG', 'B4.act.2', 'اقرأ قصة سام بصوت عالٍ. أعطِ الصف ٣ دقائق للحديث في أزواج.', {
    state: 'reviewed',
    by: 'mona',
    reviewedBy: 'karim',
  }),
];

const terms: readonly Term[] = [
  {
    id: 'adult',
    language: 'tr',
    source: { text: 'adult', forms: ['adults'] },
    targets: [{ text: 'yetişkin', forms: [] }],
    forbidden: [{ text: 'büyük*', instead: 'yetişkin', why: 'büyük kardeş de olabilir' }],
    definition: '18 yaşını doldurmuş biri.',
    note: '',
    revision: 1,
    by: 'seed',
    at: '2026-01-01T08:00:00.000Z',
  },
];

/** The river, three editions, their facts and their people. */
export async function fillStore(store: Store, world: World): Promise<void> {
  for (const partner of partners) await store.partners.save(partner);
  for (const [id, partner, roles, change] of people) await addPerson(world, id, partner, roles, change);
  for (const { release, lessonPackage, revisions } of sampleReleases())
    await store.releases.add(release, lessonPackage, revisions);
  await store.editions.save(sampleEdition('tr-TR', 'tr', { publication: 7 }));
  await store.editions.save(sampleEdition('ar-EG', 'eg'));
  await store.editions.save(sampleEdition('en-GB', 'gb', { upstream: { release: '1.2.0', ahead: [] } }));
  const counts = {
    take: 0,
    carry: 5,
    stale: 1,
    staleWords: 22,
    conflicts: 0,
    added: 0,
    removed: 0,
    safety: 1,
    factsNeeded: 0,
  };
  await store.editions.saveCounts([
    { tag: 'tr-TR', release: '1.2.0', counts },
    { tag: 'ar-EG', release: '1.2.0', counts },
  ]);
  for (const term of terms) await store.glossary.save(term);
  await store.units.saveMany([...turkish, ...arabic]);
  await store.ledger.save({
    edition: 'tr-TR',
    segment: 'B4.act.2',
    kind: 'name',
    reason: 'Sam, okunuşu kolay olduğu için kaldı.',
    owner: 'elif',
    on: '2026-05-02',
    omits: false,
    revision: 1,
  });
  await store.facts.save(
    sampleFact(
      'TR',
      'emergency.number',
      { neutral: { phone: '112' }, wordings: { tr: { name: 'Acil', hours: 'her gün 24 saat' } } },
      '2026-08-20',
    ),
  );
  await store.facts.save(
    sampleFact(
      'TR',
      'helpline.child',
      {
        neutral: { phone: '183', display: 'ALO 183' },
        wordings: { tr: { name: 'Sosyal Destek', hours: 'her gün 24 saat' } },
      },
      '2026-05-12',
    ),
  );
  await store.facts.save(
    sampleFact(
      'EG',
      'helpline.child',
      { neutral: { phone: '16000' }, wordings: { ar: { name: 'خط نجدة الطفل', hours: 'كل يوم، ٢٤ ساعة' } } },
      '2026-10-01',
    ),
  );
  await store.facts.save(
    sampleFact('EG', 'emergency.number', { neutral: { phone: '+20 122 111' }, wordings: { ar: { name: 'النجدة' } } }),
  );
}
