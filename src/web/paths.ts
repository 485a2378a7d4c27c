/** Every URL of the product, once. Patterns for the router, builders for links, redirects, mails and tests. */
const builder =
  <const P extends string>(pattern: P) =>
  (...values: readonly string[]): string => {
    let next = 0;
    return pattern.replace(/:[a-zA-Z]+/g, () => encodeURIComponent(values[next++] ?? ''));
  };

const path = <const P extends string>(pattern: P) => ({ pattern, to: builder(pattern) });

export const paths = {
  home: path('/'),
  edition: path('/:edition'),
  editionHelp: path('/:edition/help'),
  lesson: path('/:edition/lessons/:lesson'),
  /** `guide.pdf`, `pack.pdf`, `five-steps.pdf` */
  lessonFile: path('/:edition/lessons/:lesson/:file'),
  verify: path('/verify'),
  verifyCode: path('/verify/:code'),
  healthz: path('/healthz'),
  readyz: path('/readyz'),

  desk: path('/desk'),
  signIn: path('/desk/sign-in'),
  signOut: path('/desk/sign-out'),
  /** Invitation, reset and first start. */
  link: path('/desk/link/:token'),
  me: path('/desk/me'),
  leave: path('/desk/me/leave'),
  /** Every key of the desk. */
  keys: path('/desk/keys'),
  find: path('/desk/find'),
  /** Questions to the source's author, of all editions. */
  questions: path('/desk/comments'),
  inbox: path('/desk/inbox'),
  inboxRead: path('/desk/inbox/read'),
  mails: path('/desk/mails'),
  mail: path('/desk/mails/:mail'),

  people: path('/desk/people'),
  invitations: path('/desk/people/invitations'),
  person: path('/desk/people/:person'),
  personRoles: path('/desk/people/:person/roles'),
  personSuspension: path('/desk/people/:person/suspension'),
  personReset: path('/desk/people/:person/reset'),
  partners: path('/desk/partners'),

  baseline: path('/desk/baseline'),
  baselineLesson: path('/desk/baseline/lessons/:lesson'),
  baselineFacts: path('/desk/baseline/facts'),
  releases: path('/desk/baseline/releases'),
  release: path('/desk/baseline/releases/:release'),
  changeSets: path('/desk/baseline/change-sets'),
  changeSet: path('/desk/baseline/change-sets/:set'),
  changeSetLesson: path('/desk/baseline/change-sets/:set/lessons/:lesson'),
  changeSetDetails: path('/desk/baseline/change-sets/:set/details'),
  changeSetSegment: path('/desk/baseline/change-sets/:set/segments/:segment'),
  changeSetChanges: path('/desk/baseline/change-sets/:set/changes'),
  changeSetImport: path('/desk/baseline/change-sets/:set/import'),
  changeSetSubmission: path('/desk/baseline/change-sets/:set/submission'),
  changeSetApproval: path('/desk/baseline/change-sets/:set/approval'),
  recalls: path('/desk/recalls'),
  recall: path('/desk/recalls/:recall'),
  recallSecond: path('/desk/recalls/:recall/second'),
  recallLift: path('/desk/recalls/:recall/lift'),

  editions: path('/desk/editions'),
  deskEdition: path('/desk/editions/:edition'),
  editionLessons: path('/desk/editions/:edition/lessons'),
  lessonChoice: path('/desk/editions/:edition/lessons/:lesson/choice'),
  workbench: path('/desk/editions/:edition/lessons/:lesson'),
  preview: path('/desk/editions/:edition/lessons/:lesson/preview'),
  previewFile: path('/desk/editions/:edition/lessons/:lesson/preview/:file'),
  unit: path('/desk/editions/:edition/units/:segment'),
  unitDraft: path('/desk/editions/:edition/units/:segment/draft'),
  unitDraftDropped: path('/desk/editions/:edition/units/:segment/draft/dropped'),
  unitKept: path('/desk/editions/:edition/units/:segment/kept'),
  unitUndo: path('/desk/editions/:edition/units/:segment/undo'),
  unitComments: path('/desk/editions/:edition/units/:segment/comments'),
  commentClosing: path('/desk/editions/:edition/comments/:comment/closing'),
  unitConfirmation: path('/desk/editions/:edition/units/:segment/confirmation'),
  unitBackTranslation: path('/desk/editions/:edition/units/:segment/back-translation'),
  unitReview: path('/desk/editions/:edition/units/:segment/review'),
  review: path('/desk/editions/:edition/review'),
  facts: path('/desk/editions/:edition/facts'),
  fact: path('/desk/editions/:edition/facts/:fact'),
  factConfirmation: path('/desk/editions/:edition/facts/:fact/confirmation'),
  factSuspension: path('/desk/editions/:edition/facts/:fact/suspension'),
  ledger: path('/desk/editions/:edition/ledger'),
  update: path('/desk/editions/:edition/update'),
  updateDecision: path('/desk/editions/:edition/update/decisions'),
  updateApplication: path('/desk/editions/:edition/update/application'),
  updateUndo: path('/desk/editions/:edition/update/undo'),
  publish: path('/desk/editions/:edition/publish'),
  publication: path('/desk/editions/:edition/publications/:number'),
  withdrawal: path('/desk/editions/:edition/withdrawal'),
} as const;
