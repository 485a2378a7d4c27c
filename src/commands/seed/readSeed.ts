import { type EditionFiles, readEdition } from '../../formats/content/editionFiles.ts';
import { type GlossaryFile, readGlossaries } from '../../formats/content/glossaryFile.ts';
import { type HistoricRelease, historyOf } from '../../formats/content/historyOf.ts';
import { type ContentFiles, readBaseline } from '../../formats/content/readBaseline.ts';
import { type JurisdictionFile, readJurisdiction } from '../../formats/content/readJurisdiction.ts';
import { readReleases } from '../../formats/content/readReleases.ts';
import { filesWithin } from '../../formats/content/within.ts';

/** What a fresh start begins with: the baseline's whole history, national facts, agreed words, demonstration editions. */
export type Seed = {
  readonly releases: readonly HistoricRelease[];
  readonly jurisdictions: readonly JurisdictionFile[];
  readonly glossaries: readonly GlossaryFile[];
  readonly editions: readonly EditionFiles[];
};

/** Reads the files of `content/`, by their path in it. Throws `contentMalformed` with file and line. */
export function readSeed(files: ContentFiles): Seed {
  const releases = historyOf(
    readBaseline(filesWithin(files, 'baseline/')),
    readReleases(filesWithin(files, 'releases/')),
  );
  const jurisdictions = [...filesWithin(files, 'jurisdictions/')].map(([name, text]) => readJurisdiction(text, name));
  const glossaries = readGlossaries(filesWithin(files, 'glossary/'));
  const editionFiles = filesWithin(files, 'editions/');
  const tags = [...new Set([...editionFiles.keys()].map((name) => name.split('/')[0] ?? ''))].sort();
  const editions = tags
    .map((tag) => filesWithin(editionFiles, `${tag}/`))
    .filter((own) => own.has('edition.yaml'))
    .map((own) => readEdition(own));
  return { releases, jurisdictions, glossaries, editions };
}
