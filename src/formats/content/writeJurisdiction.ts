import type { JurisdictionFile } from './readJurisdiction.ts';
import { writeYaml } from './yamlFile.ts';

/** The facts of a country or region as a file. Who checked a value, and when, is not part of it: an import checks nothing. */
export function writeJurisdiction({ jurisdiction, owner, languages, facts }: JurisdictionFile): string {
  return writeYaml({
    jurisdiction,
    owner,
    languages,
    facts: Object.fromEntries(
      facts.map(({ key, neutral, source, lookedUpOn, certainty, wordings }) => [
        key,
        { ...neutral, source, lookedUpOn, certainty, ...(Object.keys(wordings).length > 0 ? { wordings } : {}) },
      ]),
    ),
  });
}
