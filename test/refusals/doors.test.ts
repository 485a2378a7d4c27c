import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assignLesson } from '../../src/commands/assignment/assignLesson.ts';
import { draftChangeSet } from '../../src/commands/baseline/draftChangeSet.ts';
import { writeComment } from '../../src/commands/comments/writeComment.ts';
import { replaceInEdition } from '../../src/commands/edition/replaceInEdition.ts';
import { bringFile } from '../../src/commands/exchange/bringFile.ts';
import { exportUnits } from '../../src/commands/exchange/exportUnits.ts';
import { saveTerm } from '../../src/commands/glossary/saveTerm.ts';
import { addSegment } from '../../src/commands/material/addSegment.ts';
import { type CreateLesson, createLesson } from '../../src/commands/material/createLesson.ts';
import { putPicture } from '../../src/commands/material/pictures.ts';
import { publishEdition } from '../../src/commands/publication/publishEdition.ts';
import { orderRecall } from '../../src/commands/recall/orderRecall.ts';
import { sendBack } from '../../src/commands/sendBack/offerText.ts';
import type { Subject } from '../../src/domain/access/access.ts';
import { can } from '../../src/domain/access/can.ts';
import { assignmentsStamp } from '../../src/domain/edition/assignment.ts';
import { readPicture } from '../../src/files/pictures.ts';
import { paths } from '../../src/web/paths.ts';
import type { Route } from '../../src/web/route.ts';
import { deskRoutes } from '../../src/web/routes.ts';
import { noise } from '../files/samplePicture.ts';
import { type Answer, type Desk, openDesk, previews } from '../together/desk.ts';
import {
  edits,
  type Name,
  nextRelease,
  roleOf,
  type SmallWorld,
  smallWorld,
  wordsOfSet,
} from '../together/smallWorld.ts';
import { Visitor } from '../web/testApp.ts';
import { changesNothing, readable } from './refusal.ts';

let world: SmallWorld;
let desk: Desk;
const mailFolder = mkdtempSync(join(tmpdir(), 'hw-doors-'));
const runs = { of: () => null, start() {}, idle: async () => {} };
/** The whole table, as the product starts with it. */
const routes = deskRoutes({ runs, previews, readPicture, mailFolder, origin: 'http://127.0.0.1:3000' });

/** One of everything, so that what is refused is refused for the person and not because it is not there. */
const there: Record<string, string> = {
  ...{ edition: 'tr-TR', lesson: 'L1', segment: 'L1.keep', fact: 'helpline.child', number: '1', file: 'guide.pdf' },
  table: 'ledger.csv',
  ...{ release: '1.0.0', person: 'elif', mail: '2026-01-01T00-00-00-000Z-x.eml', token: 'x'.repeat(43) },
};
const fill = ({ path }: Route) => path.replace(/:([a-zA-Z]+)/g, (_, name) => encodeURIComponent(there[name] ?? name));

before(async () => {
  world = await smallWorld();
  writeFileSync(join(mailFolder, there.mail ?? ''), 'Subject: x\r\n\r\nx');
  await publishEdition(world, world.as.deniz, { edition: 'tr-TR', lessons: ['L1'], revision: 1 });
  await nextRelease(world, 'content', edits({ 'L1.pay': 'Never pay, never send.' }));
  there.set = (await draftChangeSet(world, world.as.ada, wordsOfSet('One', 'content'))).id;
  const target = { kind: 'lesson', lesson: 'L1' } as const;
  there.recall = (await orderRecall(world, world.as.ingrid, { target, reason: 'x', instead: 'y' })).id;
  const material = await ownMaterial(world);
  there.own = material.lesson;
  there.picture = material.picture;
  await startedWork(world);
  const scope = { kind: 'edition' } as const;
  const { bytes } = await exportUnits(world, world.as.elif, { edition: 'tr-TR', format: 'po', scope });
  there.import = (await bringFile(world, world.as.elif, { edition: 'tr-TR', name: 'x.po', bytes })).id;
  desk = await openDesk(world, mailFolder);
});
after(async () => {
  await desk.close();
  rmSync(mailFolder, { recursive: true });
});

const ownFields: CreateLesson['fields'] = {
  band: 'B',
  ages: [10, 12],
  group: 'class',
  screens: 'none',
  sheets: 0,
  topics: ['trust'],
  sensitivity: 'high',
  notForAssembly: true,
};

/** A picture and a lesson of the Turkish edition's own, behind its first text. */
async function ownMaterial({ as, ...world }: SmallWorld) {
  const at = { edition: 'tr-TR', lesson: 'L1', reason: 'x' };
  const text = 'Three friends on it.';
  const { id: segment } = await addSegment(world, as.elif, { ...at, after: 'L1.start', kind: 'picture', text });
  const credit = { creator: 'Ada', licence: 'CC0' as const, source: 'https://example.org' };
  const bytes = await noise(240, 240).png().toBuffer();
  const wish = { edition: 'tr-TR', segment, bytes, alt: text, credit, reason: 'x', revision: 0 };
  const picture = await putPicture(world, readPicture, as.elif, wish);
  const lesson = await createLesson(world, as.elif, { edition: 'tr-TR', title: 'Own', fields: ownFields, reason: 'x' });
  return { lesson: lesson.id, picture: `pic-${picture.web}.webp` };
}

/** Something begun in every other place: a question, an offer, a term, a lesson in hand, words replaced in one step. */
async function startedWork({ as, ...world }: SmallWorld) {
  const at = { edition: 'tr-TR', segment: 'L1.keep' };
  there.comment = (await writeComment(world, as.elif, { ...at, to: 'author', text: 'Why?', answers: null })).id;
  const offer = {
    ...at,
    kind: 'correction',
    proposed: 'Keep the proof. Tell an adult.',
    reason: 'x',
    evidence: '',
  } as const;
  there.offer = (await sendBack(world, as.elif, offer)).id;
  const words = { source: { text: 'proof', forms: [] }, targets: [{ text: 'kanıt', forms: [] }], forbidden: [] };
  const term = { edition: 'tr-TR', id: null, ...words, definition: '', note: '', revision: 0 };
  there.term = (await saveTerm(world, as.murat, term)).id;
  const lessons = [{ lesson: 'L1', stamp: assignmentsStamp([]) }];
  const hand = { edition: 'tr-TR', lessons, person: 'elif', role: 'translate', due: null } as const;
  there.assignment = (await assignLesson(world, as.deniz, hand))[0]?.id ?? '';
  const how = { wholeWord: true, matchCase: true, matchMarks: true, inFacts: false };
  const replacing = { find: 'metin', replace: 'yazı', ...how };
  const units = [{ segment: 'L1.start', revision: (await world.store.units.byId('tr-TR', 'L1.start'))?.revision ?? 0 }];
  there.replacement = (await replaceInEdition(world, as.elif, { edition: 'tr-TR', replacing, units })).id;
}

const partnerOf = (name: Name) => (world.as[name].kind === 'person' ? world.as[name].person.partner : '');
/** What the route is about for this person: the edition or the person of the address, else their own partner. */
function allowed(name: Name, route: Route): boolean {
  const actor = world.as[name];
  if (route.path.includes('/:person')) return can(actor, route.allow, { partner: 'tr' });
  if (route.about !== 'edition') return can(actor, route.allow, { partner: partnerOf(name) });
  const subject: Subject = { partner: 'tr', language: 'tr' };
  return can(actor, 'edition:read', subject) && can(actor, route.allow, subject);
}
const gets = routes.filter((route) => route.method === 'get');
const posts = routes.filter((route) => route.method === 'post');
const isPublic = (route: Route) => route.allow === 'public:read' || route.allow === 'feedback:give';
const about = (route: Route, answer: Answer) =>
  `${route.method} ${route.path}: ${answer.status} ${readable(answer.html).trim().slice(0, 120)}`;

/** Nothing of the desk on the page: no text, no person, no number. */
const assertEmpty = (route: Route, answer: Answer) => {
  for (const word of ['Birinci metin', 'Elif', '183', 'helpline'])
    assert.ok(!readable(answer.html).includes(word), about(route, answer));
};

test('the table is whole: every route of the desk says who may and what is recorded', () => {
  assert.ok(gets.length > 25 && posts.length > 30, `${gets.length} pages, ${posts.length} forms`);
  for (const route of posts.filter((each) => !isPublic(each))) assert.notEqual(route.allow, 'desk:enter', route.path);
  const named = routes.flatMap(({ path }) => [...path.matchAll(/:([a-zA-Z]+)/g)].map(([, name = '']) => name));
  assert.deepEqual(
    [...new Set(named)].filter((name) => !there[name]),
    [],
    'one of everything is there',
  );
});

for (const name of ['elif', 'murat', 'deniz', 'ada', 'ingrid', 'ola', 'hala'] as const) {
  test(`${name}, ${roleOf(name)}: every page opens exactly when the policy says so; forms without the right do nothing`, async () => {
    const visitor = await desk.enter(name);
    await changesNothing(world, async () => {
      for (const route of gets) {
        const answer = await visitor.get(fill(route));
        const opens = answer.status === 200 || answer.status === 303;
        if (route.path === paths.link.pattern) assert.equal(answer.status, 410);
        else assert.equal(opens, allowed(name, route), about(route, answer));
        if (!opens) assert.ok([403, 404, 410].includes(answer.status), about(route, answer));
        if (answer.status === 303)
          assert.ok(!answer.headers.get('location')?.includes('sign-in'), about(route, answer));
      }
      await visitor.get(paths.me.to());
      for (const route of posts.filter((each) => !allowed(name, each))) {
        const { token } = visitor;
        const answer = route.upload
          ? await visitor.multipart(fill(route), new FormData())
          : await visitor.post(fill(route), {});
        visitor.token = token;
        // A form about somebody else's person may be found wanting before anybody is looked up.
        const codes = route.path.includes('/:person') ? [400, 403, 404] : [403, 404];
        assert.ok(codes.includes(answer.status), about(route, answer));
        if (name === 'hala' || name === 'ola') assertEmpty(route, answer);
      }
    });
  });
}

test('nobody: every page leads to the door, every form is refused, nothing is told and nothing changes', async () => {
  const stranger = new Visitor((await desk.enter('elif')).origin);
  await changesNothing(world, async () => {
    for (const route of gets) {
      const answer = await stranger.get(fill(route));
      assertEmpty(route, answer);
      if (isPublic(route)) continue;
      assert.equal(answer.status, 303, about(route, answer));
      assert.ok(answer.headers.get('location')?.startsWith(paths.signIn.to()), about(route, answer));
      assert.equal(answer.html.includes('<main'), false);
    }
    for (const route of posts) {
      await stranger.get(paths.signIn.to());
      const form = new FormData();
      const withToken = route.upload
        ? await stranger.multipart(fill(route), form)
        : await stranger.post(fill(route), {});
      const codes = isPublic(route) ? [303, 400, 401, 410, 422] : [401];
      assert.ok(codes.includes(withToken.status), about(route, withToken));
      const bare = await fetch(`${stranger.origin}${fill(route)}`, { method: 'POST', redirect: 'manual' });
      const without = Object.assign(bare, { html: await bare.text() });
      assert.equal(without.status, 403, about(route, without));
      for (const answer of [withToken, without]) assertEmpty(route, answer);
    }
  });
});

test('an empty form by somebody who may is answered, never a fault of ours', async () => {
  const end = new Set<string>([paths.signOut.pattern, paths.leave.pattern]);
  for (const name of ['elif', 'ada', 'ola', 'ingrid', 'deniz'] as const) {
    const visitor = await desk.enter(name);
    const { token } = visitor;
    for (const route of posts.filter((each) => allowed(name, each) && !end.has(each.path))) {
      visitor.token = token;
      const answer = route.upload
        ? await visitor.multipart(fill(route), new FormData())
        : await visitor.post(fill(route), {});
      assert.ok(answer.status < 500, about(route, answer));
    }
  }
});
