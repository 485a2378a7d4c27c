/** What the typesetter makes: a PDF of `pdfInput.ts`, or the letters of one drawing as outlines, of `lettersInput.ts`. */
export type TypstForm = 'pdf' | 'letters';

/** `content` is JSON for the templates. */
export type TypstJob = { readonly form: TypstForm; readonly content: string };
