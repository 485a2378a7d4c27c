import { DomainError } from '../errors.ts';
import { placeholdersOf } from '../package/placeholders.ts';
import { normalText } from '../package/text.ts';
import type { Instant } from '../time.ts';
import {
  type Picture,
  type PictureCredit,
  type PictureFiles,
  type PictureQuestion,
  pictureQuestions,
} from './material.ts';

export type PictureWish = {
  readonly edition: string;
  readonly segment: string;
  readonly drawing: string | null;
  readonly alt: string;
  readonly credit: PictureCredit;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};

/** The fewest words that say what a picture shows: one name does not. */
const leastAltWords = 3;

const line = (text: string): string => normalText(text).replace(/\s+/g, ' ');

/**
 * A picture as it is kept; a second person has to agree to it, again after every change. Throws `altNeeded` where the
 * words for those who do not see it are missing or too few, `factsForeign` where they name a fact, `creditNeeded` without a creator (or without a source where
 * somebody else made it), `reasonNeeded`.
 */
export function newPicture(wish: PictureWish, before: Picture | null, files: PictureFiles): Picture {
  const alt = line(wish.alt);
  const creator = line(wish.credit.creator);
  const source = line(wish.credit.source);
  const reason = line(wish.reason);
  if (alt.split(' ').length < leastAltWords) throw new DomainError('altNeeded');
  // What a picture shows is no place for a number that has to be kept right.
  const facts = placeholdersOf(alt).map(({ key }) => `{${key}}`);
  if (facts.length > 0) throw new DomainError('factsForeign', { segment: wish.segment, facts });
  if (creator === '' || (source === '' && wish.credit.licence !== 'own')) throw new DomainError('creditNeeded');
  if (reason === '') throw new DomainError('reasonNeeded');
  const { web, print, width, height, bytes } = files;
  return {
    edition: wish.edition,
    segment: wish.segment,
    drawing: wish.drawing,
    web,
    print,
    width,
    height,
    bytes,
    alt,
    credit: { creator, licence: wish.credit.licence, source },
    reason,
    by: wish.by,
    at: wish.at,
    reviewedBy: null,
    answered: [],
    removed: false,
    revision: (before?.revision ?? 0) + 1,
  };
}

/** A second person agrees, answering for every line. Throws `secondPersonNeeded`, `answersNeeded`. */
export function answeredPicture(picture: Picture, answered: readonly PictureQuestion[], by: string): Picture {
  if (picture.by === by) throw new DomainError('secondPersonNeeded');
  if (pictureQuestions.some((question) => !answered.includes(question))) throw new DomainError('answersNeeded');
  return { ...picture, reviewedBy: by, answered: [...pictureQuestions] };
}
