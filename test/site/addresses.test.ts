import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addresses } from '../../src/site/addresses.ts';
import { paths } from '../../src/web/paths.ts';

test('the projector writes the addresses that the router knows', () => {
  const [tag, lesson, file] = ['tr-TR-x-ngo', 'B4', 'five-steps.pdf'];
  assert.equal(addresses.home, paths.home.to());
  assert.equal(addresses.verify, paths.verify.to());
  assert.equal(addresses.desk, paths.desk.to());
  assert.equal(addresses.edition(tag), paths.edition.to(tag));
  assert.equal(addresses.help(tag), paths.editionHelp.to(tag));
  assert.equal(addresses.plan(tag, 'adult'), paths.plan.to(tag, 'adult'));
  assert.equal(addresses.languages(lesson), paths.lessonLanguages.to(lesson));
  assert.equal(addresses.lesson(tag, lesson), paths.lesson.to(tag, lesson));
  assert.equal(addresses.file(tag, lesson, file), paths.lessonFile.to(tag, lesson, file));
  assert.equal(addresses.editionFile(tag, 'usb.zip'), paths.editionFile.to(tag, 'usb.zip'));
  assert.equal(addresses.picture(tag, 'ab12'), paths.editionPicture.to(tag, 'pic-ab12.webp'));
  assert.equal(addresses.changes(tag), paths.editionChanges.to(tag));
  assert.equal(addresses.feed(tag), paths.editionFeed.to(tag));
  assert.equal(addresses.baselineChanges, paths.baselineChanges.to());
  assert.equal(addresses.baselineFeed, paths.baselineFeed.to());
  assert.equal(addresses.coverage, paths.coverage.to());
  assert.equal(addresses.accessibility, paths.accessibility.to());
  assert.equal(addresses.feedback(tag, lesson), paths.feedback.to(tag, lesson));
  assert.equal(`${addresses.feedback(tag, lesson)}/thanks`, paths.feedbackTaken.to(tag, lesson, 'thanks'));
  assert.equal(addresses.verifyCode('7QK4M-2XD5H'), paths.verifyCode.to('7QK4M-2XD5H'));
});
