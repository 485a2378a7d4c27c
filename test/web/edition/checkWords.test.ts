import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interfaceLanguages } from '../../../src/domain/access/access.ts';
import { type Ending, endingOf } from '../../../src/domain/checks/unit/endingCheck.ts';
import { rooms } from '../../../src/domain/checks/unit/room.ts';
import { unitChecks } from '../../../src/domain/checks/unit/unitFinding.ts';
import { waiverReasons } from '../../../src/domain/checks/unit/waiver.ts';
import { findingText } from '../../../src/web/desk/checks/findingWords.ts';
import { passedChecks } from '../../../src/web/desk/checks/passedChecks.ts';
import { createTranslator } from '../../../src/web/i18n.ts';
import { found } from '../../domain/checks/texts.ts';
import { t } from './pureDesk.ts';

test('every check, place, ending and reason has its words in each language', () => {
  const { has } = createTranslator();
  const endings: readonly Ending[] = ['stop', 'question', 'colon', 'semicolon', 'comma', 'trailing', 'none'];
  assert.equal(endingOf('Dur.', 'tr'), endings[0]);
  const keys = [
    ...unitChecks.flatMap((check) => [`found.${check}`, `short.${check}`]),
    ...rooms.map((room) => `rooms.${room}`),
    ...endings.map((ending) => `endings.${ending}`),
    ...['strong', 'emphasis', 'links', 'lists'].map((mark) => `marks.${mark}`),
    ...waiverReasons.map((reason) => `waive.reasons.${reason}`),
  ];
  for (const language of interfaceLanguages) {
    assert.deepEqual(
      keys.filter((key) => !has(language, `checks:${key}`)),
      [],
    );
  }
});

test('what is wrong is said in words, and nothing is said to have passed that was not looked at', () => {
  const findings = found('Call {helpline.child} in 45 minutes.', 'Ara');
  assert.deepEqual(
    findings.map((finding) => findingText(t, finding)),
    [
      'These facts are missing: {helpline.child}',
      'Numbers of the source that are not here: 45',
      'The source ends with a full stop, this text with no mark',
    ],
  );
  const about = { source: 'Stop.', language: 'tr', core: false, tight: false, hasList: false };
  const passed = passedChecks(t, new Set(findings.map(({ check }) => check)), about);
  assert.deepEqual(passed, [
    'No number to call and no address in the words',
    'Not left in the source’s language',
    'Bold words, links and lists agree',
  ]);
  const all = passedChecks(t, new Set(), { ...about, core: true, tight: true, hasList: true });
  assert.equal(all.length, 9);
});
