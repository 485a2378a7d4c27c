import { paths } from '../../paths.ts';
import type { Route } from '../../route.ts';
import { changeSegment, changeSet, showEditing } from './editHandlers.ts';
import { beginSet, showSets } from './listHandlers.ts';
import { approveSet, importFile, moveSet, saveDetails, showSet } from './setHandlers.ts';

const read = { method: 'get', allow: 'changeSet:write', audit: 'nothing', about: 'person' } as const;
const write = { method: 'post', allow: 'changeSet:write', about: 'person' } as const;

/** Drafting, approving and editing change sets. */
export const changeSetRoutes: readonly Route[] = [
  { ...read, path: paths.changeSets.pattern, handle: showSets },
  { ...write, path: paths.changeSets.pattern, audit: 'changeSet/begin', handle: beginSet },
  { ...read, path: paths.changeSet.pattern, handle: showSet },
  { ...read, path: paths.changeSetLesson.pattern, handle: showEditing },
  { ...write, path: paths.changeSetDetails.pattern, audit: 'changeSet/describe', handle: saveDetails },
  { ...write, path: paths.changeSetSegment.pattern, audit: 'changeSet/edit', handle: changeSegment },
  { ...write, path: paths.changeSetChanges.pattern, audit: 'changeSet/edit', handle: changeSet },
  { ...write, path: paths.changeSetImport.pattern, audit: 'changeSet/import', upload: true, handle: importFile },
  { ...write, path: paths.changeSetSubmission.pattern, audit: 'changeSet/submit', handle: moveSet },
  {
    ...write,
    path: paths.changeSetApproval.pattern,
    allow: 'changeSet:approve',
    audit: 'changeSet/approve',
    handle: approveSet,
  },
];
