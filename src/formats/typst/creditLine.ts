import type { PictureLicence } from '../../domain/edition/material.ts';
import type { PublishedPicture } from '../../domain/edition/publication.ts';
import { urlLabel } from '../page/factInlines.ts';
import { type Line, labelLine, type SheetLabels, typedLine, wordsLine } from './sheetLabels.ts';

/** Whom to thank for a picture, and under which terms; nothing for the baseline's own drawings. */
export function creditLine(picture: PublishedPicture | undefined, labels: SheetLabels): Line {
  if (picture === undefined) return [];
  const { creator, licence, source } = picture.credit;
  const named = labelLine(labels.pictureBy, { creator: wordsLine(creator) });
  const terms = licenceWords(licence, labels);
  const from = source === '' ? [] : [...wordsLine(labels.comma), ...sourceLine(source)];
  return [...named, ...wordsLine(labels.comma), ...terms, ...from];
}

/** An address stays left to right. */
const sourceLine = (source: string): Line =>
  /^https?:\/\//.test(source) ? typedLine(urlLabel(source)) : wordsLine(source);

function licenceWords(licence: PictureLicence, labels: SheetLabels): Line {
  if (licence === 'own') return labelLine(labels.pictureOwn);
  if (licence === 'publicDomain') return labelLine(labels.picturePublicDomain);
  return licence === 'permission' ? labelLine(labels.picturePermission) : typedLine(licence);
}
