import { badValue, notOffered } from '../../errors.ts';
import type { CollationSpec } from './spec.ts';

/** The languages that MongoDB's documentation of collations names. */
const languages = new Set(
  (
    'af sq am ar hy as az be bn bs bg my ca chr zh hr cs da nl dz en eo et ee fo fil fi fr gl ka de el kl gu ha haw he hi ' +
    'hu is ig smn id ga it ja kn kk km kok ko ky lkt lo lv ln lt dsb lb mk ms ml mt mr mn ne se nb nn or om ps fa pl pt ' +
    'pa ro ru sr si sk sl es sw sv ta te th bo to tr uk hsb ur ug vi wae cy yi yo zu'
  ).split(' '),
);

/** MongoDB's names of orders within a language, and how Unicode's language tags call them. */
const variants: Readonly<Record<string, string>> = {
  ...{ phonebook: 'phonebk', traditional: 'trad', dictionary: 'dict', gb2312han: 'gb2312' },
  ...{ pinyin: 'pinyin', stroke: 'stroke', zhuyin: 'zhuyin', unihan: 'unihan', compat: 'compat', phonetic: 'phonetic' },
};

const collators = new Map<string, Intl.Collator>();

/** The collator for a collation. Throws BadValue for a locale that MongoDB does not know. */
export function collatorOf(spec: CollationSpec): Intl.Collator {
  const key = JSON.stringify(spec);
  const known = collators.get(key);
  if (known) return known;
  const { tag, variant } = tagOf(spec.locale);
  const collator = new Intl.Collator(tag, {
    sensitivity: sensitivityOf(spec),
    numeric: spec.numericOrdering,
    caseFirst: spec.caseFirst === 'off' ? 'false' : spec.caseFirst,
    ...(spec.alternate === undefined ? {} : { ignorePunctuation: spec.alternate === 'shifted' }),
  });
  const resolved = collator.resolvedOptions();
  if (variant !== undefined && resolved.collation !== variant) throw notOffered(`the collation ${spec.locale}`);
  collators.set(key, collator);
  return collator;
}

function sensitivityOf({ strength, caseLevel }: CollationSpec): 'base' | 'case' | 'accent' | 'variant' {
  if (strength === 1) return caseLevel ? 'case' : 'base';
  return strength === 2 ? 'accent' : 'variant';
}

function tagOf(locale: string): { tag: string; variant: string | undefined } {
  const match = /^([a-z]{2,3})(?:_([A-Z][a-z]{3}))?(?:_([A-Z]{2}))?(_POSIX)?(?:@collation=([a-z0-9]+))?$/.exec(locale);
  const [, language = '', script, country, posix, order] = match ?? [];
  if (!languages.has(language)) throw badValue(`Field 'locale' is invalid in: { locale: "${locale}" }`);
  if (posix !== undefined) throw notOffered(`the collation ${locale}`);
  const tag = [language, script, country].filter((part) => part !== undefined).join('-');
  if (Intl.Collator.supportedLocalesOf([tag]).length === 0) throw notOffered(`the collation ${locale}`);
  // Every language has a search order, which Intl has behind another option and with other rules of equality.
  if (order === 'search') throw notOffered(`the collation ${locale}`);
  if (order === undefined || order === 'standard') return { tag, variant: undefined };
  const variant = Object.hasOwn(variants, order) ? variants[order] : undefined;
  if (variant === undefined) throw badValue(`Field 'locale' is invalid in: { locale: "${locale}" }`);
  return { tag: `${tag}-u-co-${variant}`, variant };
}
