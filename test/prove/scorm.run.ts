import { writeScorm } from '../../src/formats/scorm/writeScorm.ts';
import { bundlePages, riverBundle } from '../formats/bundle/riverBundle.ts';
import { textIn, unpacked } from '../formats/bundle/unpacked.ts';
import { createEvidence } from './evidence.ts';
import { scormFaults } from './scormSchema.ts';

/** The manifests of SCORM packages against the published schemas, which come by npm; and faults that those have to find. */
const evidence = createEvidence('scorm');
const violations: string[] = [];
const manifestOf = (bundle: ReturnType<typeof riverBundle>): string =>
  textIn(unpacked(writeScorm(bundle, bundlePages)), 'imsmanifest.xml');

const editions = ['en-GB', 'tr-TR', 'ar-EG'] as const;
for (const tag of editions) {
  const faults = scormFaults(manifestOf(riverBundle(tag)));
  violations.push(...faults.map((fault) => `${tag}: ${fault}`));
  console.log(`${tag}: ${faults.length} faults`);
}

const nasty = riverBundle('en-GB');
const title = 'A <b>&amp;</b> "q" \u0001\u2028]]> \ud83d\ude00 {{x}}';
const lessons = nasty.lessons.map((lesson) => ({ ...lesson, page: { ...lesson.page, title } }));
violations.push(
  ...scormFaults(manifestOf({ ...nasty, lessons })).map((fault) => `a title with everything in it: ${fault}`),
);

const good = manifestOf(riverBundle('en-GB'));
const broken: readonly (readonly [from: string | RegExp, to: string, found: RegExp])[] = [
  ['scormtype="sco"', 'scormtype="page"', /scormtype/],
  [/<resources>[\s\S]*<\/resources>/, '', /resources/],
  ['isvisible="true"', 'isvisible="perhaps"', /isvisible/],
];
let found = 0;
for (const [from, to, expected] of broken) {
  if (expected.test(scormFaults(good.replace(from, to)).join())) found++;
  else violations.push(`the schemas do not find ${expected}`);
}

const verdict = violations.length === 0 ? 'passed' : 'failed';
const counts = { editions: editions.length, faultsFound: found };
for (const violation of violations) console.log(violation);
console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: broken.length, counts, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
