/**
 * Fills a data file with one release and editions that have translated all of it, each with a coordinator who is told; in
 * a process of its own, so that what is measured afterwards starts with nothing remembered. `fillMany.ts FOLDER SEGMENTS EDITIONS`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Person, Role } from '../src/domain/access/access.ts';
import { startEmbeddedMongo } from '../src/embedded-mongo/index.ts';
import { openStore } from '../src/store/openStore.ts';
import { realRiver } from './realRiver.ts';
import type { Filled } from './releaseToMany.ts';
import { firstRelease, syntheticEdition, syntheticUnit, tagOf } from './syntheticRiver.ts';

const [home = '', segments, editions] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const engine = await startEmbeddedMongo({ file: join(home, 'headwater.db') });
const opened = await openStore({ uri: engine.uri });
const { store } = opened;
const { lessonPackage, targets } = realRiver(segments);

const person = (id: string, partner: string, roles: readonly Role[]): Person => ({
  id,
  name: id,
  email: `${id}@example.org`,
  language: 'en',
  partner,
  roles,
  state: 'active',
  mail: 'all',
  epoch: 0,
  revision: 1,
});

const { release, revisions } = firstRelease(lessonPackage);
await store.releases.add(release, lessonPackage, revisions);
await store.partners.save({ id: 'authority', name: 'authority', kind: 'authority', jurisdictions: [] });
await store.people.save(person('chief', 'authority', ['chiefEditor']));
for (let number = 0; number < editions; number++) {
  const edition = syntheticEdition(number);
  await store.partners.save({ id: edition.partner, name: edition.partner, kind: 'national', jurisdictions: ['TR'] });
  await store.people.save(person(`coordinator-${number}`, edition.partner, ['coordinator']));
  await store.editions.save(edition);
}
const sample = Object.values(lessonPackage.segments).map((segment) => ({
  ...syntheticUnit('', segment),
  target: targets.get(segment.id) ?? '',
}));
const client = await MongoClient.connect(engine.uri);
const rows = client.db().collection<{ _id: string }>('units');
const began = performance.now();
for (let number = 0; number < editions; number++) {
  const edition = tagOf(number);
  const batch = sample.map((unit) => ({ ...unit, _id: `${edition}/${unit.segment}`, edition, past: 0 }));
  await rows.insertMany(batch, { ordered: false });
}
const insertSeconds = Number(((performance.now() - began) / 1000).toFixed(1));
await client.close();
await opened.close();
await engine.close();
const texts = Object.values(lessonPackage.segments).map(({ id, text }) => ({
  id,
  source: text,
  target: targets.get(id) ?? '',
}));
const filled: Filled = { units: sample.length * editions, insertSeconds, texts };
writeFileSync(join(home, 'filled.json'), JSON.stringify(filled));
