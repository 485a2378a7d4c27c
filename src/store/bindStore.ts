import type { Store } from '../commands/ports.ts';
import { openArchive } from './archive.ts';
import { openAssignments } from './assignments.ts';
import { openChangeSets } from './changeSets.ts';
import { openComments } from './comments.ts';
import { openEditions } from './editions.ts';
import { openEvents } from './events.ts';
import { openFacts } from './facts.ts';
import { openFeedback } from './feedback.ts';
import { openGlossary } from './glossary.ts';
import { openImports } from './imports.ts';
import { openLedger } from './ledger.ts';
import { openLinks } from './links.ts';
import { openMaterial } from './material.ts';
import { openNotices } from './notices.ts';
import { openOutbox } from './outbox.ts';
import { openOverrides } from './overrides.ts';
import { openPartners } from './partners.ts';
import { openPeople } from './people.ts';
import { openPresence } from './presence.ts';
import { openPublications } from './publications.ts';
import { openRecalls } from './recalls.ts';
import { openReleases } from './releases.ts';
import { openReplacements } from './replacements.ts';
import type { Scope } from './scope.ts';
import { openSeeding } from './seeding.ts';
import { openSendBacks } from './sendBacks.ts';
import { inTransaction } from './transaction.ts';
import { openTranslationMemory } from './translationMemory.ts';
import { openUnitDrafts } from './unitDrafts.ts';
import { openUnits } from './units.ts';
import { openUpdates } from './updates.ts';
import { openWaivers } from './waivers.ts';

/** The store as seen from a scope: the whole database, or one transaction. */
export function bindStore(scope: Scope): Store {
  return {
    transaction: (work) => inTransaction(scope, (inner) => work(bindStore(inner))),
    partners: openPartners(scope),
    people: openPeople(scope),
    links: openLinks(scope),
    releases: openReleases(scope),
    changeSets: openChangeSets(scope),
    editions: openEditions(scope),
    units: openUnits(scope),
    ledger: openLedger(scope),
    assignments: openAssignments(scope),
    overrides: openOverrides(scope),
    sendBacks: openSendBacks(scope),
    facts: openFacts(scope),
    glossary: openGlossary(scope),
    translationMemory: openTranslationMemory(scope),
    updates: openUpdates(scope),
    publications: openPublications(scope),
    recalls: openRecalls(scope),
    feedback: openFeedback(scope),
    events: openEvents(scope),
    notices: openNotices(scope),
    outbox: openOutbox(scope),
    imports: openImports(scope),
    seeding: openSeeding(scope),
    material: openMaterial(scope),
    archive: openArchive(scope),
    unitDrafts: openUnitDrafts(scope),
    presence: openPresence(scope),
    comments: openComments(scope),
    waivers: openWaivers(scope),
    replacements: openReplacements(scope),
  };
}
