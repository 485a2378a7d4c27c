import { DomainError } from '../../domain/errors.ts';

/**
 * What can be wrong with a content file, and the name under which the interface says it in the reader's language
 * (`baseline:malformed`). What comes behind a colon is the detail: an id, a word of the file.
 */
export const malformations = {
  'the file is missing': 'fileMissing',
  'words of another edition': 'otherEdition',
  'an edition has only words': 'onlyWords',
  'not a release': 'release',
  'no words': 'noWords',
  'the file does not begin with ---': 'begin',
  'the front matter does not end with ---': 'end',
  'a marker ends with ] on its own line': 'marker',
  'a text without a marker before it': 'unmarked',
  'a lesson twice': 'lessonTwice',
  'a section twice': 'sectionTwice',
  'a segment before the first section': 'beforeSection',
  'twice in one section': 'placedTwice',
  'a file of shared segments only defines segments': 'sharedOnly',
  'a shared segment is placed in lessons, not here': 'sharedPlaced',
  'no kind of section': 'sectionKind',
  'not a name of a section': 'sectionName',
  'no kind of segment': 'segmentKind',
  'no policy': 'policy',
  twice: 'twice',
  'not a field of a placement': 'placementField',
  'not an id': 'id',
  'aliases are not part of the format': 'alias',
  'the file is not a text in UTF-8': 'encoding',
  'no evidence in the register': 'evidence',
  'a picture, and nothing else, has a drawing': 'drawing',
} as const;
export type Malformation = (typeof malformations)[keyof typeof malformations] | 'yaml' | 'field';

const known: Readonly<Record<string, Malformation>> = malformations;

/**
 * A content file that cannot be read, with the line where it went wrong. `problem` is for the record, in English; `what`
 * and `detail` let the interface say it in the reader's language.
 */
export function malformed(file: string, line: number, problem: string, what?: Malformation): DomainError {
  const colon = problem.indexOf(': ');
  const stem = colon < 0 ? problem : problem.slice(0, colon);
  const name = what ?? (Object.hasOwn(known, stem) ? known[stem] : undefined);
  const detail = what === 'field' ? stem : colon < 0 ? '' : problem.slice(colon + 2);
  return new DomainError('contentMalformed', {
    file,
    line,
    problem,
    ...(name === undefined ? {} : { what: name, detail }),
  });
}
