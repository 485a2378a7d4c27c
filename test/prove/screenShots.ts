/** Which pages of the product are in docs/screens, and who looks at them. */
export type Shot = {
  readonly name: string;
  readonly path: string;
  readonly seat?: string;
  /** Only what is in view: on a page with parts that stay in place, a picture of all of it shows them where nobody sees them. */
  readonly view?: true;
  /** `wide` takes 1440 px alone; the phone and the dark ones show nothing new. */
  readonly sizes?: 'wide';
};

export const publicShots: readonly Shot[] = [
  { name: 'home-en', path: '/?language=en' },
  { name: 'home-ar', path: '/?language=ar' },
  { name: 'edition-en', path: '/en-GB' },
  { name: 'edition-ar', path: '/ar-EG' },
  { name: 'lesson-tr', path: '/tr-TR/lessons/B4' },
  { name: 'lesson-young-en', path: '/en-GB/lessons/A1' },
  { name: 'lesson-en', path: '/en-GB/lessons/C3' },
  { name: 'lesson-ar', path: '/ar-EG/lessons/B4' },
  { name: 'help-ar', path: '/ar-EG/help' },
  { name: 'verify-en', path: '/verify?language=en' },
  { name: 'search-en', path: '/en-GB?q=secret&format=docx' },
  { name: 'search-ar', path: '/ar-EG?q=%D8%B3%D8%B1' },
  { name: 'plan-tr', path: '/tr-TR/plans/B' },
  { name: 'changes-tr', path: '/tr-TR/changes' },
  { name: 'feedback-tr', path: '/tr-TR/lessons/B4/feedback' },
  { name: 'feedback-ar', path: '/ar-EG/lessons/B4/feedback' },
  { name: 'coverage-en', path: '/coverage?language=en' },
  { name: 'coverage-ar', path: '/coverage?language=ar' },
  { name: 'baseline-changes-en', path: '/baseline/changes?language=en', sizes: 'wide' },
];

export const deskShots: readonly Shot[] = [
  { name: 'today', path: '/desk/editions/tr-TR', seat: 'coordinator@tr-partner' },
  { name: 'today-ar', path: '/desk/editions/ar-EG', seat: 'coordinator@eg-partner' },
  { name: 'update', path: '/desk/editions/tr-TR/update', seat: 'translator@tr-partner', view: true },
  { name: 'update-ar', path: '/desk/editions/ar-EG/update', seat: 'coordinator@eg-partner', view: true },
  {
    name: 'workbench',
    path: '/desk/editions/tr-TR/lessons/B4?unit=SHR.before.0',
    seat: 'translator@tr-partner',
    view: true,
  },
  { name: 'workbench-ar', path: '/desk/editions/ar-EG/lessons/C3', seat: 'translator@eg-partner', view: true },
  { name: 'facts', path: '/desk/editions/tr-TR/facts', seat: 'coordinator@tr-partner' },
  { name: 'publish', path: '/desk/editions/tr-TR/publish', seat: 'coordinator@tr-partner' },
  { name: 'publish-ar', path: '/desk/editions/ar-EG/publish', seat: 'coordinator@eg-partner' },
  { name: 'said', path: '/desk/editions/tr-TR/feedback', seat: 'coordinator@tr-partner' },
  { name: 'baseline', path: '/desk/baseline/lessons/B4', seat: 'pedagogue@authority' },
  { name: 'releases', path: '/desk/baseline/releases', seat: 'chief-editor@authority' },
  { name: 'lessons', path: '/desk/editions/tr-TR/lessons', seat: 'coordinator@tr-partner', view: true, sizes: 'wide' },
  { name: 'review', path: '/desk/editions/tr-TR/review', seat: 'reviewer@tr-partner', view: true, sizes: 'wide' },
  { name: 'ledger', path: '/desk/editions/tr-TR/ledger', seat: 'coordinator@tr-partner', view: true, sizes: 'wide' },
  {
    name: 'differences',
    path: '/desk/baseline/differences',
    seat: 'chief-editor@authority',
    view: true,
    sizes: 'wide',
  },
  { name: 'send-backs', path: '/desk/baseline/send-backs', seat: 'chief-editor@authority', view: true, sizes: 'wide' },
  { name: 'release', path: '/desk/baseline/releases/1.8.1', seat: 'chief-editor@authority', view: true, sizes: 'wide' },
  {
    name: 'glossary',
    path: '/desk/editions/tr-TR/glossary',
    seat: 'coordinator@tr-partner',
    view: true,
    sizes: 'wide',
  },
  {
    name: 'concordance',
    path: '/desk/editions/tr-TR/concordance?q=help',
    seat: 'coordinator@tr-partner',
    view: true,
    sizes: 'wide',
  },
  {
    name: 'replace',
    path: '/desk/editions/tr-TR/replace?find=%C5%9Fantaj&replace=tehdit',
    seat: 'coordinator@tr-partner',
    view: true,
    sizes: 'wide',
  },
  {
    name: 'exchange',
    path: '/desk/editions/tr-TR/exchange',
    seat: 'coordinator@tr-partner',
    view: true,
    sizes: 'wide',
  },
  {
    name: 'material',
    path: '/desk/editions/tr-TR/material',
    seat: 'coordinator@tr-partner',
    view: true,
    sizes: 'wide',
  },
];
