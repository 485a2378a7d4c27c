import { z } from 'zod';
import type { FactType, FactValue, NeutralValue, Wording } from '../../../domain/facts/fact.ts';
import type { Translate } from '../../route.ts';
import { choice } from '../workbench/acceptForm.ts';

export const methods = ['called', 'visited', 'lawyer'] as const;
export const certainties = ['high', 'medium', 'low'] as const;

const line = z.string().trim().max(500).default('');
const long = z.string().max(4000).default('');

/** What the form of a fact sends, whatever its type; fields of other types stay empty. */
export const factForm = z.object({
  phone: line,
  display: line,
  url: line,
  years: line,
  name: line,
  hours: line,
  text: long,
  list: long,
  forms: long,
  source: line,
  certainty: z.enum(certainties).catch('medium'),
  method: choice(methods),
  reason: line,
});
export type FieldValues = z.infer<typeof factForm>;

type FieldName = 'phone' | 'display' | 'url' | 'years' | 'name' | 'hours' | 'text' | 'list' | 'forms';

/** Which fields each type has. */
const fieldNames: Readonly<Record<FactType, readonly FieldName[]>> = {
  phone: ['phone', 'display', 'name', 'hours'],
  url: ['url', 'name'],
  contact: ['name', 'phone', 'display', 'url', 'hours'],
  age: ['years'],
  law: ['text'],
  text: ['text', 'forms'],
  list: ['list'],
};

export type Field = {
  readonly name: FieldName;
  readonly label: string;
  readonly hint: string | null;
  readonly value: string;
  /** Numbers and addresses are typed left to right. */
  readonly neutral: boolean;
  readonly area: boolean;
  readonly inputMode: string;
};

const modes: Partial<Record<FieldName, string>> = { phone: 'tel', url: 'url', years: 'numeric' };
const neutral = new Set<FieldName>(['phone', 'display', 'url', 'years']);
const areas = new Set<FieldName>(['text', 'list', 'forms']);
const hinted = new Set<FieldName>(['phone', 'display', 'url', 'list', 'forms']);

/** The fields of a fact of this type, with what stands in them. */
export function fieldsShown(t: Translate, type: FactType, values: FieldValues): readonly Field[] {
  return fieldNames[type].map((name) => ({
    name,
    label: t(`edition:facts.fields.${name}`),
    hint: hinted.has(name) ? t(`edition:facts.hints.${name}`) : null,
    value: values[name],
    neutral: neutral.has(name),
    area: areas.has(name),
    inputMode: modes[name] ?? 'text',
  }));
}

/** A stored value as fields. */
export function fieldsOf(value: FactValue | undefined, language: string): FieldValues {
  const wording = value?.wordings[language] ?? {};
  return {
    phone: value?.neutral.phone ?? '',
    display: value?.neutral.display ?? '',
    url: value?.neutral.url ?? '',
    years: value?.neutral.years === undefined ? '' : String(value.neutral.years),
    name: wording.name ?? '',
    hours: wording.hours ?? '',
    text: wording.text ?? '',
    list: (wording.list ?? []).join('\n'),
    forms: Object.entries(wording.forms ?? {})
      .map(([form, words]) => `${form}: ${words}`)
      .join('\n'),
    source: value?.source ?? '',
    certainty: value?.certainty ?? 'medium',
    method: null,
    reason: '',
  };
}

const lines = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Western digits, whichever the keyboard gave. */
const western = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));

/** The fields as a value; what a fact of this type does not have is left out. */
export function factValueOf(
  type: FactType,
  form: FieldValues,
): { readonly neutral: NeutralValue; readonly wording: Wording } {
  const has = (name: FieldName) => fieldNames[type].includes(name) && form[name].trim() !== '';
  const forms = Object.fromEntries(
    lines(form.forms).flatMap((each) => {
      const at = each.indexOf(':');
      return at < 1 ? [] : [[each.slice(0, at).trim(), each.slice(at + 1).trim()]];
    }),
  );
  return {
    neutral: {
      ...(has('phone') ? { phone: western(form.phone) } : {}),
      ...(has('display') ? { display: western(form.display) } : {}),
      ...(has('url') ? { url: form.url } : {}),
      ...(has('years') ? { years: Number(western(form.years)) } : {}),
    },
    wording: {
      ...(has('name') ? { name: form.name } : {}),
      ...(has('hours') ? { hours: form.hours } : {}),
      ...(has('text') ? { text: form.text.replaceAll('\r\n', '\n').trim() } : {}),
      ...(has('list') ? { list: lines(form.list) } : {}),
      ...(has('forms') ? { forms } : {}),
    },
  };
}
