import type { EditionTag } from '../edition/edition.ts';
import type { UpdateCounts } from '../update/update.ts';
import type { DomainEvent } from './notification.ts';
import type { Occasion } from './occasion.ts';

type Data = DomainEvent['data'];
export type About = { readonly subject: string; readonly path: string; readonly data: Data };

/** What an occasion is about, where it leads on the desk, and the names and numbers of its text. */
export function aboutOf(occasion: Occasion): About {
  switch (occasion.kind) {
    case 'releaseMade': {
      const { release, editions } = occasion;
      const of = (field: keyof UpdateCounts) => editions.reduce((sum, edition) => sum + edition.counts[field], 0);
      const due = release.sets
        .flatMap((set) => (set.severity === 'safety' && set.due !== null ? [set.due] : []))
        .sort();
      return {
        subject: `release/${release.number}`,
        path: desk('baseline', 'releases', release.number),
        data: {
          release: release.number,
          summary: release.summary,
          due: due[0] ?? null,
          editions: editions.length,
          stale: of('stale'),
          affected: editions.filter(({ counts }) => counts.stale > 0).length,
        },
      };
    }
    case 'editionPublished': {
      const { edition, number, lessons } = occasion;
      const path = desk('editions', edition, 'publications', String(number));
      return { subject: `edition/${edition}/publication/${number}`, path, data: { edition, number, lessons } };
    }
    case 'publicationFailed': {
      const { edition, reason } = occasion;
      return { subject: `edition/${edition}`, path: desk('editions', edition, 'publish'), data: { edition, reason } };
    }
    case 'filesFailed': {
      const { edition, count, first } = occasion;
      const path = `${desk('editions', edition, 'publish')}#files`;
      return { subject: `edition/${edition}/files`, path, data: { edition, count, first } };
    }
    case 'factProposed':
    case 'factSuspended': {
      const { edition, fact } = occasion;
      const path = desk('editions', edition, 'facts', fact);
      return { subject: `edition/${edition}/fact/${fact}`, path, data: { edition, fact } };
    }
    case 'helplineReported': {
      const { edition, fact, fault, lesson } = occasion;
      const path = desk('editions', edition, 'facts', fact);
      return { subject: `edition/${edition}/fact/${fact}`, path, data: { edition, fact, fault, lesson } };
    }
    case 'changeSetSubmitted':
    case 'changeSetApproved': {
      const { id, title } = occasion.changeSet;
      return { subject: `changeSet/${id}`, path: desk('baseline', 'change-sets', id), data: { changeSet: id, title } };
    }
    case 'recallOrdered':
    case 'recallLifted': {
      const { id, target, reason, instead } = occasion.recall;
      const what = target.kind === 'lesson' ? target.lesson : target.segment;
      return {
        subject: `recall/${id}`,
        path: desk('recalls', id),
        data: { target: target.kind, what, reason, instead },
      };
    }
    case 'reviewWaits': {
      const { edition, count } = occasion;
      return {
        subject: `edition/${edition}/review`,
        path: desk('editions', edition, 'review'),
        data: { edition, count },
      };
    }
    case 'commentWritten': {
      const { edition, segment, lesson, to, comment } = occasion;
      const query = new URLSearchParams({ unit: segment });
      return {
        subject: `edition/${edition}/unit/${segment}`,
        path:
          lesson === null
            ? desk('editions', edition, 'lessons')
            : `${desk('editions', edition, 'lessons', lesson)}?${query}#comments`,
        data: { edition, segment, to, thread: comment },
      };
    }
    case 'lessonAssigned':
    case 'assignmentDropped': {
      const { edition, role, lessons, due } = occasion;
      return {
        subject: `edition/${edition}/assignments/${lessons[0] ?? ''}`,
        path: `${desk('editions', edition, 'lessons')}?show=mine`,
        data: { edition, role, lessons: lessons.join(', '), count: lessons.length, due },
      };
    }
    case 'sendBackMade':
    case 'sendBackAnswered':
    case 'sendBackReleased': {
      const { edition, sendBack } = occasion;
      const { id, segment, release, answer, reason } = sendBack;
      const made = occasion.kind === 'sendBackMade';
      return {
        subject: `sendBack/${id}`,
        path: made ? desk('baseline', 'send-backs') : desk('editions', edition, 'send-backs'),
        data: { edition, segment, release, reason: made ? reason : (answer ?? reason) },
      };
    }
    case 'textSentBack': {
      const { edition, segment, lesson, reason } = occasion;
      const at = new URLSearchParams({ unit: segment });
      return {
        subject: `edition/${edition}/units/${segment}`,
        path: `${desk('editions', edition, 'lessons', lesson)}?${at}`,
        data: { edition, segment, reason },
      };
    }
  }
}

/** Where a desk page lives; `test/domain/notification` holds this against `web/paths.ts`. */
function desk(...places: readonly string[]): string {
  return `/desk/${places.map(encodeURIComponent).join('/')}`;
}

/** Where an edition's update is decided. */
export const updatePath = (edition: EditionTag): string => desk('editions', edition, 'update');

/** Where the source's author reads a question. */
export const questionPath = (comment: string): string => `${desk('comments')}#comment-${encodeURIComponent(comment)}`;

/** The event of an occasion, to be written with its notices. */
export function eventOf(occasion: Occasion, id: string, at: string): DomainEvent {
  const { subject, data } = aboutOf(occasion);
  return { id, kind: occasion.kind, at, by: occasion.by, subject, action: occasion.kind, data };
}
