import type { FileFailure, FilesProgress } from '../../../commands/ports.ts';
import type { Translate } from '../../route.ts';

/** The files behind the published pages: how many of each format are there, and what could not be made. */
export type FilesView = {
  readonly working: boolean;
  /** Something is under way or has failed. */
  readonly news: boolean;
  readonly built: number;
  readonly of: number;
  readonly text: string;
  readonly groups: readonly {
    readonly name: string;
    readonly built: number;
    readonly of: number;
    readonly state: 'done' | 'failed' | 'working' | 'waits';
  }[];
  readonly failures: readonly (FileFailure & { readonly why: string })[];
};

/** Null when there is nothing to build, or nothing has been projected yet. */
export function filesView(progress: FilesProgress | null, t: Translate): FilesView | null {
  if (progress === null || progress.groups.length === 0) return null;
  const { working, groups, failures } = progress;
  const built = groups.reduce((sum, group) => sum + group.built, 0);
  const of = groups.reduce((sum, group) => sum + group.of, 0);
  return {
    working,
    news: working || failures.length > 0,
    built,
    of,
    text: t('publish:files.progress', { built, of }),
    groups: groups.map((each) => ({
      name: t(`publish:files.group.${each.group}`),
      built: each.built,
      of: each.of,
      state:
        each.built === each.of
          ? 'done'
          : failures.some(({ group }) => group === each.group)
            ? 'failed'
            : working
              ? 'working'
              : 'waits',
    })),
    failures: failures.map((failure) => ({ ...failure, why: t(`publish:files.why.${failure.reason}`) })),
  };
}

/** What the script that asks again is told. */
export function filesProgress(files: FilesView | null): {
  readonly text: string;
  readonly value: number;
  readonly max: number;
  readonly done: boolean;
} {
  if (files === null) return { text: '', value: 0, max: 1, done: true };
  return { text: files.text, value: files.built, max: files.of, done: !files.working };
}
