import { manifestFaults, textIn, type Unpacked, type XmlElement, xmlElements } from '../../formats/bundle/unpacked.ts';
import { type Check, check, type Ground, type Judge, type PublishedFile, verdictOn } from './judge.ts';
import { faultless, filesIn, lessonsIn, malformed, mayLeaveTo } from './packageContents.ts';
import { faultsPutIn, unseenFaults } from './packageFaults.ts';
import { pageChecks } from './scormJudge.ts';

const linkFile = 'links/edition.xml';
const manifestName = 'imsmanifest.xml';
const namespace = 'http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1';

const xmlFaults = (files: Unpacked): readonly string[] =>
  [...files.keys()].filter((path) => path.endsWith('.xml')).flatMap((path) => malformed(path, textIn(files, path)));

/** The titles of the folders of lessons: the items within the one at the root. */
function foldersIn(elements: readonly XmlElement[]): readonly string[] {
  const folders = elements.filter(
    ({ name, within, text }) =>
      name === 'title' &&
      within.at(-1) === 'item' &&
      within.filter((each) => each === 'item').length === 2 &&
      text !== '',
  );
  return folders.map(({ text }) => text);
}

/** Whether the cartridge leads to the edition online where it has an address, and nowhere where it has none. */
function leadsOnline({ base }: Ground, { edition }: PublishedFile, files: Unpacked): boolean {
  const link = files.has(linkFile) ? textIn(files, linkFile) : null;
  return base === null ? link === null : (link?.includes(`href="${base}/${edition}"`) ?? false);
}

function checksOf(ground: Ground, file: PublishedFile): readonly Check[] {
  const files = filesIn(file);
  const lessons = lessonsIn(ground, file);
  const manifest = textIn(files, manifestName);
  const elements = xmlElements(manifest);
  const online = leadsOnline(ground, file, files);
  const wanted = lessons.map(({ lesson, title }) => `${lesson} ${title}`);
  const shown = foldersIn(elements).filter((title) => /^[A-Z]+\d/.test(title));
  const [first] = lessons;
  const unseen = first === undefined ? ['there is no lesson'] : unseenFaults(files, first, mayLeaveTo(ground, file));
  return [
    faultless('all its XML is well-formed', xmlFaults(files), 'well-formed'),
    check('recognised as version 1.1 where Moodle looks', manifest.slice(0, 500).includes(namespace), namespace),
    faultless(
      'every file is declared, and every declared one and every reference is there',
      manifestFaults(files, elements),
      `${files.size} files`,
    ),
    check('a folder a lesson, in the order of teaching', shown.join() === wanted.join(), `${shown.length} folders`),
    check('a link to the edition online, where it has an address', online, String(online)),
    ...pageChecks(ground, file, files),
    faultless(`${faultsPutIn} faults that were put into a copy are found`, unseen, 'found'),
  ];
}

/** Common Cartridges: well-formed, complete, recognised as version 1.1, all links good. */
export const cartridgeJudge: Judge = {
  name: 'cartridge',
  async judge(ground, say) {
    return ground.files.flatMap((file) => {
      if (file.kind !== 'cartridge') return [];
      say(file.edition);
      return [verdictOn(file, checksOf(ground, file))];
    });
  },
};
