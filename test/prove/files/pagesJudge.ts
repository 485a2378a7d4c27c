import { readFileSync } from 'node:fs';
import { strFromU8 } from 'fflate';
import { type Check, check, type Judge, type PublishedFile, type Verdict, verdictOn } from './judge.ts';
import { checkHtml, type NuFindings, nothingFound } from './nuChecker.ts';
import { faultless, filesIn, malformed } from './packageContents.ts';
import { pagesOfHardDays, pagesOfSite, type ServedPage } from './servedPages.ts';

/** What the checker has to find, or its silence means nothing. */
const faulty =
  '<!doctype html><html lang="en"><title>x</title><h1>x</h1><p><img src="x.png"><div></p><b id="a"></b><b id="a"></b>';

const packageKinds = ['usb', 'scorm', 'cartridge'] as const;
const isPackage = ({ kind }: PublishedFile): boolean => packageKinds.some((each) => each === kind);

/** The pages inside a package, each by a name that no address has. */
function pagesInside(file: PublishedFile): readonly (readonly [name: string, html: string])[] {
  const pages = [...filesIn(file)].filter(([path]) => path.endsWith('.html'));
  return pages.map(([path, bytes]) => [`${file.address} ${path}`, strFromU8(bytes)]);
}

function nuChecks(found: readonly (readonly [name: string, findings: NuFindings])[], what: string): readonly Check[] {
  const told = (kind: keyof NuFindings) =>
    found.flatMap(([name, findings]) => findings[kind].map((each) => `${name}: ${each}`));
  const looked = `${found.length} pages`;
  return [
    faultless(`${what}: no error by the Nu checker`, told('errors'), looked),
    faultless(
      `${what}: no warning by the Nu checker`,
      told('warnings'),
      [looked, ...new Set(told('staying'))].join('; '),
    ),
  ];
}

function verdictOnPage({ edition, lesson, address, code }: ServedPage, findings: NuFindings): Verdict {
  const answered = check(
    'it is answered, and not with an error of the server',
    code < 500 || code === 503,
    String(code),
  );
  const checks = [answered, ...nuChecks([[address, findings]], 'valid HTML')];
  return { edition, lesson, name: address, kind: 'page', format: 'html', checks };
}

/** Pages: as the public server answers them, and those inside the packages. Feeds: their form. */
export const pagesJudge: Judge = {
  name: 'pages',
  async judge(ground, say) {
    const served = [...(await pagesOfSite(ground)), ...(await pagesOfHardDays())];
    const packages = ground.files.filter(isPackage);
    const inside = new Map(packages.map((file) => [file, pagesInside(file)]));
    const pages = new Map([
      ...served.map(({ address, html }) => [address, html] as const),
      ...[...inside.values()].flat(),
      ['faulty', faulty],
    ]);
    say(`${pages.size} pages for the Nu checker`);
    const found = await checkHtml(ground.workFolder, pages);
    const of = (name: string): NuFindings => found.get(name) ?? nothingFound;
    const [first, ...others] = served.map((page) => verdictOnPage(page, of(page.address)));
    if (first === undefined) throw new Error('no page was served');
    const noticed = of('faulty').errors;
    const seen = check(
      'the Nu checker finds an image without words, a block in a paragraph and an id used twice',
      noticed.length >= 3,
      noticed.join('; '),
    );
    return [
      { ...first, checks: [...first.checks, seen] },
      ...others,
      ...packages.map((file) => {
        const within = (inside.get(file) ?? []).map(([name]) => [name, of(name)] as const);
        return verdictOn(file, nuChecks(within, 'valid HTML inside'));
      }),
      ...ground.files
        .filter(({ kind }) => kind === 'feed')
        .map((file) =>
          verdictOn(file, [
            faultless('well-formed', malformed(file.name, readFileSync(file.path, 'utf8')), 'well-formed'),
          ]),
        ),
    ];
  },
};
